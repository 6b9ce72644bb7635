package ledger

import (
	"bytes"
	"errors"
	"os"
	"strconv"
	"syscall"
)

// startOf gives the time at which a process was started, in ticks since the
// machine was: field 22 of /proc/PID/stat, counted behind the name in brackets.
// A system may hide the processes of other users there.
func startOf(pid int64) (started string, running bool) {
	stat, err := os.ReadFile("/proc/" + strconv.FormatInt(pid, 10) + "/stat")
	if err != nil {
		return "", errors.Is(syscall.Kill(int(pid), 0), syscall.EPERM)
	}
	fields := bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:])
	const state, start = 0, 19
	if len(fields) <= start || fields[state][0] == 'Z' {
		return "", false
	}
	return string(fields[start]), true
}

// surroundings tells one start of the machine from another, and its containers
// from each other.
func surroundings() []string {
	boot, _ := os.ReadFile("/proc/sys/kernel/random/boot_id")
	space, _ := os.Readlink("/proc/self/ns/pid")
	return []string{string(bytes.TrimSpace(boot)), space}
}
