package outfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// maxLinks is how many symbolic links are followed, as Linux does.
const maxLinks = 40

// realTarget follows the symbolic links of a target to the file that is to be
// written, which may be there or not. A link in its folders is left: the system
// follows it.
func realTarget(path string) (string, error) {
	for range maxLinks {
		info, err := os.Lstat(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return path, nil
		case err != nil:
			return "", err
		case info.Mode()&fs.ModeSymlink == 0:
			return path, nil
		}
		next, err := os.Readlink(path)
		if err != nil {
			return "", err
		}
		if !filepath.IsAbs(next) {
			// ".." counts from where the link lies, not from the name that led to it.
			folder, err := filepath.EvalSymlinks(filepath.Dir(path))
			if err != nil {
				return "", err
			}
			next = filepath.Join(folder, next)
		}
		path = next
	}
	return "", &fs.PathError{Op: "readlink", Path: path, Err: syscall.ELOOP}
}
