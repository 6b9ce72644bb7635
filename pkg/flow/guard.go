package flow

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/gopohoda/pohoda/pkg/crm"
	"github.com/gopohoda/pohoda/pkg/diag"
)

// The codes of an output that would destroy something else; no flag allows it.
const (
	CodeFileIsInput diag.Code = "file-is-input"
	CodeFileTwice   diag.Code = "file-twice"
)

// guardRejects refuses a file of rejects that may not be written at all.
func (e *Export) guardRejects() error {
	if e.Rejects == "" || isStream(e.Rejects) {
		return nil
	}
	if err := e.guard(e.Rejects); err != nil {
		return err
	}
	if sameFile(e.Rejects, e.Output) {
		return diag.New(CodeFileTwice).Of(e.Rejects)
	}
	return nil
}

// guard refuses a file that this very run reads.
func (e *Export) guard(target string) error {
	info, err := os.Stat(target)
	if err != nil || !info.Mode().IsRegular() {
		return nil
	}
	files := []string{e.Reading.Profile, e.Config.Lines.Catalogue, e.Config.File()}
	for _, source := range append([]string{e.From}, e.Reading.With...) {
		inside, _ := crm.Files(source) // what is wrong with a source is said when it is opened
		files = append(files, inside...)
	}
	read := false
	for _, file := range files {
		input, err := os.Stat(file)
		read = read || err == nil && os.SameFile(input, info)
	}
	if stdin, ok := e.Reading.Stdin.(*os.File); ok {
		input, err := stdin.Stat()
		read = read || err == nil && os.SameFile(input, info)
	}
	if read {
		return diag.New(CodeFileIsInput).Of(target)
	}
	return nil
}

// sameFile tells whether two paths lead to one file, there already or not.
func sameFile(a, b string) bool {
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
