package main

import "os"

// wasClosed tells a stream that the process was started without.
func wasClosed(file *os.File) bool {
	_, err := file.Stat()
	return err != nil
}
