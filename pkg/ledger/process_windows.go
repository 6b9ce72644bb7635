package ledger

import (
	"errors"
	"strconv"

	"golang.org/x/sys/windows"
)

// startOf gives the time at which a process was started, as Windows counts it.
func startOf(pid int64) (started string, running bool) {
	handle, err := windows.OpenProcess(windows.PROCESS_QUERY_LIMITED_INFORMATION|windows.SYNCHRONIZE, false, uint32(pid))
	if err != nil {
		return "", errors.Is(err, windows.ERROR_ACCESS_DENIED)
	}
	defer func() { _ = windows.CloseHandle(handle) }()
	if event, err := windows.WaitForSingleObject(handle, 0); err != nil || event == windows.WAIT_OBJECT_0 {
		return "", false // it has ended, and somebody still holds its handle
	}
	var created, ended, kernel, user windows.Filetime
	if err := windows.GetProcessTimes(handle, &created, &ended, &kernel, &user); err != nil {
		return "", true
	}
	return strconv.FormatInt(created.Nanoseconds(), 10), true
}

func surroundings() []string { return nil }
