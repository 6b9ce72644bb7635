package outfile

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// CodeFileIsInput says that the run reads the file that it would write; no flag
// allows it.
var CodeFileIsInput = diag.Usage.Code("file-is-input")

// SameFile tells whether two paths lead to one file, there already or not.
func SameFile(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	one, errOne := os.Stat(a)
	other, errOther := os.Stat(b)
	if errOne == nil && errOther == nil {
		return os.SameFile(one, other)
	}
	wholeA, wholeB := wholePath(a), wholePath(b)
	return wholeA == wholeB || runtime.GOOS == "windows" && strings.EqualFold(wholeA, wholeB)
}

// wholePath is where a path leads, links and all.
func wholePath(path string) string {
	if file, err := realTarget(path); err == nil {
		path = file
	}
	if folder, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
		path = filepath.Join(folder, filepath.Base(path))
	}
	// Without a working directory there is nothing to compare.
	whole, _ := filepath.Abs(path)
	return whole
}

// IsFolder tells whether an output names a folder: it ends like one, or is one.
func IsFolder(output string) bool {
	if strings.HasSuffix(output, "/") || strings.HasSuffix(output, string(filepath.Separator)) {
		return true
	}
	info, err := os.Stat(output)
	return output != "" && err == nil && info.IsDir()
}
