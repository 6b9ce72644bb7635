package canonical

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/diag"
)

// The codes of a source that cannot be opened.
var (
	CodeFileNotFound         = diag.Usage.Code("file-not-found")
	CodeFileNotReadable      = diag.Usage.Code("file-not-readable", "error")
	CodeFileIsFolder         = diag.Usage.Code("file-is-folder")
	CodeFolderWithoutRecords = diag.Refused.Code("folder-without-records")
	CodeInputEmpty           = diag.Refused.Code("input-empty")
)

// Stdin is the name of the standard input.
const Stdin = "-"

// jsonEndings and csvEnding are the names of files that a folder is read for;
// lineEndings say that a file is NDJSON for certain.
var (
	JSONEndings = []string{".json", ".ndjson", ".jsonl"}
	LineEndings = []string{".ndjson", ".jsonl"}
	csvEnding   = ".csv"
)

// Files lists the files of a source: a folder has those that records are read
// from.
func Files(from string) ([]string, error) {
	if from == Stdin {
		return []string{from}, nil
	}
	info, err := os.Stat(from)
	if err != nil {
		return nil, Unreadable(from, err)
	}
	if !info.IsDir() {
		return []string{from}, nil
	}
	entries, err := os.ReadDir(from)
	if err != nil {
		return nil, Unreadable(from, err)
	}
	var files []string
	for _, e := range entries {
		end := Ending(e.Name())
		if !e.IsDir() && (end == csvEnding || slices.Contains(JSONEndings, end)) {
			files = append(files, filepath.Join(from, e.Name()))
		}
	}
	if files == nil {
		return nil, diag.New(CodeFolderWithoutRecords).WithValue(from)
	}
	return files, nil
}

// Ending is the ending of a file's name in small letters.
func Ending(file string) string { return strings.ToLower(filepath.Ext(file)) }

// Unreadable says what kept a file or folder from being read: that there is none, that a
// folder stands where a file is wanted, or what the file system says.
func Unreadable(file string, err error) *diag.Issue {
	if errors.Is(err, fs.ErrNotExist) {
		return diag.New(CodeFileNotFound).WithValue(file)
	}
	// Systems differ in what they say of a folder that is opened or read.
	if info, failed := os.Stat(file); failed == nil && info.IsDir() && !errors.Is(err, fs.ErrPermission) {
		return diag.New(CodeFileIsFolder).WithValue(file)
	}
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		err = path.Err
	}
	return diag.New(CodeFileNotReadable, "error", err.Error()).WithValue(file)
}

// HeadSize is how much of a file is looked at to see what it is.
const HeadSize = 4 << 10

// EmptyInput refuses a file in which there is nothing, or nothing but blanks: a
// list without records is written as such.
func EmptyInput(file string) *diag.Issue {
	return diag.New(CodeInputEmpty).WithPosition(diag.Position{File: file})
}

// UnicodeOf turns UTF-16, which PowerShell writes, into UTF-8 and drops a byte
// order mark. All else must be UTF-8 and is held to it record by record.
func UnicodeOf(r io.Reader, head []byte) io.Reader {
	encoding, _ := charset.Detect(head)
	switch {
	case encoding == charset.UTF16LE, encoding == charset.UTF16BE:
		return charset.NewReader(r, encoding)
	case bytes.HasPrefix(head, []byte(byteOrderMark)):
		_, _ = io.CopyN(io.Discard, r, int64(len(byteOrderMark))) // they are in the buffer
	}
	return r
}

const byteOrderMark = "\uFEFF"

// fileReader names the file in the errors of reading it.
type fileReader struct {
	r    io.Reader
	file string
}

func (f *fileReader) Read(p []byte) (int, error) {
	n, err := f.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = Unreadable(f.file, err)
	}
	return n, err
}

// NewFileReader reads a file whose name stands in the errors of reading it.
func NewFileReader(r io.Reader, file string) io.Reader { return &fileReader{r, file} }
