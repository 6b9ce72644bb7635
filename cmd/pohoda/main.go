// Command pohoda carries business documents between a CRM or e-shop and the
// POHODA accounting system. Each command is one file here; what it does lies in
// pkg/flow.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	ctx, interrupt := context.WithCancel(context.Background())
	defer interrupt()
	env := processEnv()
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	again := make(chan struct{})
	env.again = again
	go obey(signals, interrupt, again)
	os.Exit(run(ctx, env, os.Args[1:]))
}

// lastGrace is how long a run that is interrupted for the second time has to give
// its lock back and to say so.
const lastGrace = time.Second

// obey asks the run to end at the first signal, tells it to end at once at the
// second, and ends the process when it does not: it may wait in a call of the system
// that nothing ends, or for the reader of its messages.
func obey(signals <-chan os.Signal, interrupt func(), again chan<- struct{}) {
	<-signals
	interrupt()
	<-signals
	close(again)
	time.Sleep(lastGrace)
	os.Exit(exitInterrupted)
}
