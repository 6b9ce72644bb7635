package export

import (
	"os"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/outfile"
)

// The codes of an output that would destroy something else; no flag allows it.
var (
	CodeFileTwice = diag.Usage.Code("file-twice")
)

// checkRejects refuses a file of rejects that may not be written at all.
func (e *Export) checkRejects() error {
	if e.Rejects == "" || outfile.IsStream(e.Rejects) {
		return nil
	}
	if err := e.checkNotInput(e.Rejects); err != nil {
		return err
	}
	if outfile.SameFile(e.Rejects, e.Output) {
		return diag.New(CodeFileTwice).WithValue(e.Rejects)
	}
	return nil
}

// checkNotInput refuses a file that this very run reads.
func (e *Export) checkNotInput(target string) error {
	info, err := os.Stat(target)
	if err != nil || !info.Mode().IsRegular() {
		return nil
	}
	files := []string{e.Reading.Profile, e.Config.Lines.Catalogue, e.Config.File()}
	for _, source := range append([]string{e.From}, e.Reading.With...) {
		inside, _ := canonical.Files(source) // what is wrong with a source is said when it is opened
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
		return diag.New(outfile.CodeFileIsInput).WithValue(target)
	}
	return nil
}
