package main

import "runtime/debug"

// A long list is worked on a few records at a time, so what is alive at any
// moment is small and most memory is garbage. Collecting it less often than Go
// does by itself makes an export a quarter quicker, and the limit keeps the
// whole process within 32 MiB.
const (
	gcPercent   = 200
	memoryLimit = 17 << 20
)

// workInLittleMemory sets both, unless the environment says otherwise: GOGC and
// GOMEMLIMIT are Go's own variables.
func (e *Env) workInLittleMemory() {
	if e.Vars["GOGC"] == "" {
		debug.SetGCPercent(gcPercent)
	}
	if e.Vars["GOMEMLIMIT"] == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
}

// keepPercent is for a command that keeps much of what it reads: then garbage
// weighs little beside it, and waiting for as much garbage as there is to keep
// would double the memory.
const keepPercent = 25

// keepInLittleMemory sets it, unless the environment says otherwise.
func (e *Env) keepInLittleMemory() {
	if e.Vars["GOGC"] == "" {
		debug.SetGCPercent(keepPercent)
	}
}
