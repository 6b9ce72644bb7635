package flowtest

import (
	"runtime/metrics"
	"sync/atomic"
	"time"
)

// WatchMemory looks at the memory that the process has of the system until it is
// asked for the most, in MiB.
func WatchMemory() (peak func() float64) {
	var most atomic.Uint64
	stop, stopped := make(chan bool), make(chan bool)
	go func() {
		defer close(stopped)
		memory := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
		for {
			metrics.Read(memory)
			most.Store(max(most.Load(), memory[0].Value.Uint64()-memory[1].Value.Uint64()))
			select {
			case <-stop:
				return
			case <-time.After(time.Millisecond):
			}
		}
	}()
	return func() float64 {
		close(stop)
		<-stopped
		return float64(most.Load()) / (1 << 20)
	}
}
