package ledger

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// startOf gives the time at which a process was started.
func startOf(pid int64) (started string, running bool) {
	info, err := unix.SysctlKinfoProc("kern.proc.pid", int(pid))
	if err != nil || int64(info.Proc.P_pid) != pid {
		return "", false
	}
	start := info.Proc.P_starttime
	return fmt.Sprintf("%d.%06d", start.Sec, start.Usec), true
}

func surroundings() []string { return nil }
