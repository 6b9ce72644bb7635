package ledger

import (
	"os"
	"strings"
)

// process names a process so that another can tell whether it is still alive.
type process struct {
	host string
	// place is where the number of the process means something: a machine, since
	// it was started, and a container in it.
	place string
	pid   int64
	// started tells the process from a later one of the same number.
	started string
}

func thisProcess() process {
	// Without a name the lease alone decides.
	host, _ := os.Hostname()
	pid := int64(os.Getpid())
	started, _ := startOf(pid)
	return process{host: host, place: strings.Join(append([]string{host}, surroundings()...), " "), pid: pid, started: started}
}

// alive tells whether the process runs; it is asked only at its place. One of
// which nothing is told, since it is another user's, counts as alive.
func (p process) alive() bool {
	started, running := startOf(p.pid)
	return running && (started == "" || started == p.started)
}
