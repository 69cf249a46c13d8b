package main

import (
	"encoding/binary"
	"runtime/debug"
	"unsafe"
)

// A compile makes much garbage in little memory: collecting it less often is a third of the time.
func init() {
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(2 << 30)
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
