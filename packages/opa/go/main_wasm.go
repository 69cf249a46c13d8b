package main

import (
	"encoding/binary"
	"runtime"
	"runtime/debug"
	"unsafe"
)

// A compile makes much garbage in little memory: collecting it less often is a third of the time. The ballast is never
// touched and costs nothing, but the collector takes it for live, and so waits for a multiple of it.
//
// Go asks for memory in small steps, and each costs the host a collection of its own garbage. What init takes at once
// and gives back to the heap needs no step later, and stays untouched until then.
func init() {
	limit := debug.SetMemoryLimit(-1) // GOMEMLIMIT, which host.ts sets
	debug.SetGCPercent(400)
	ballast = make([]byte, min(48<<20, limit/40))
	reserve := make([]byte, min(256<<20, limit/8))
	runtime.KeepAlive(reserve)
	reserve = nil
	runtime.GC()
}

var ballast []byte

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
