// Command pohoda carries business documents between a CRM or e-shop and the
// POHODA accounting system. Each command is one file here; what it does lies in
// pkg/flow.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	os.Exit(run(ctx, processEnv(), os.Args[1:]))
}
