package main

import (
	"runtime"
	"time"

	"github.com/open-policy-agent/opa/v1/topdown"
)

// yielding lets Go's timers run while OPA evaluates. OPA's runner ends a test by a timer, and WebAssembly has one
// thread and nothing that interrupts it: without this a test that never ends would never be ended.
//
// A benchmark goes without, since a tracer is a cost of its own, and so does coverage, whose tracer OPA wants bare.
type yielding struct {
	events int
	next   time.Time
	// with is another tracer, which gets every event, or nil.
	with topdown.QueryTracer
}

// How many events pass between two looks at the clock, and how much time between two rounds of the scheduler.
const (
	eventsPerLook = 256
	yieldEvery    = 20 * time.Millisecond
)

func (y *yielding) Enabled() bool { return true }

func (y *yielding) Config() topdown.TraceConfig { return topdown.TraceConfig{PlugLocalVars: false} }

func (y *yielding) TraceEvent(event topdown.Event) {
	if y.with != nil {
		y.with.TraceEvent(event)
	}
	y.events++
	if y.events%eventsPerLook != 0 {
		return
	}
	if now := time.Now(); now.After(y.next) {
		y.next = now.Add(yieldEvery)
		runtime.Gosched()
	}
}
