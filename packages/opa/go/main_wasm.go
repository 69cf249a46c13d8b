package main

import (
	"encoding/binary"
	"runtime"
	"runtime/debug"
	"unsafe"
)

// A compile makes a hundred times as much garbage as it keeps, and to collect it costs least when the call is over. So
// within a call the collector waits for a fixed amount and not only for a multiple of what is live. The ballast brings
// this about: it is never touched and takes no memory, but the collector counts it as live.
//
// Go asks for memory in small steps, and each costs the host a collection of its own garbage. What init takes at once
// and gives back to the heap needs no step later, and stays untouched until then.
func init() {
	limit := debug.SetMemoryLimit(-1) // GOMEMLIMIT, which host.ts sets
	ballast = make([]byte, min(192<<20, limit/8))
	debug.SetMemoryLimit(limit + int64(len(ballast)))
	debug.SetGCPercent(100)
	reserve := make([]byte, len(ballast))
	runtime.KeepAlive(reserve)
	reserve = nil
	runtime.GC()
	settled = allocated()
}

var ballast []byte

// settled is how much had been allocated in all when collect had last been at work.
var settled uint64

func allocated() uint64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.TotalAlloc
}

// collect frees what calls have left, if it is much. The host calls it when it has nothing else to do.
//
//go:wasmexport collect
func collect() {
	if allocated()-settled < uint64(len(ballast)/4) {
		return
	}
	runtime.GC()
	settled = allocated()
}

// What the host has been handed a pointer to, so that the collector leaves it alone.
var held = map[uintptr][]byte{}

func hold(bytes []byte) uint32 {
	pointer := uintptr(unsafe.Pointer(unsafe.SliceData(bytes)))
	held[pointer] = bytes
	return uint32(pointer)
}

// alloc returns the address of size bytes that belong to the host until it calls free.
//
//go:wasmexport alloc
func alloc(size uint32) uint32 {
	return hold(make([]byte, max(size, 1)))
}

//go:wasmexport free
func free(pointer uint32) {
	delete(held, uintptr(pointer))
}

// call takes the frame at an address that alloc has returned, and returns the address of the answer: its length in
// 4 bytes, little-endian, then the frame. The host frees both.
//
//go:wasmexport call
func call(pointer, size uint32) uint32 {
	frame := answer(held[uintptr(pointer)][:size])
	result := make([]byte, 4, 4+len(frame))
	binary.LittleEndian.PutUint32(result, uint32(len(frame)))
	return hold(append(result, frame...))
}
