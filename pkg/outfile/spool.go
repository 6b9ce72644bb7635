// Package outfile puts a file in place whole or not at all: it is written beside its
// target under another name and takes its place when it is complete. It names files
// after documents, keeps what would be overwritten, and sweeps up what killed runs
// have left.
package outfile

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// The codes of writing.
var (
	CodeNoTemporary = diag.Usage.Code("cannot-write-temporary", "error", "folder")
	CodeCannotWrite = diag.Usage.Code("cannot-write", "error", "target")
	CodeFileExists  = diag.Usage.Code("file-exists")
	CodeNoFolder    = diag.Usage.Code("cannot-write-folder", "folder")
	// CodeOutputLost says that nobody would get documents that count as delivered.
	CodeOutputLost = diag.Usage.Code("cannot-write-lost")
)

// spoolInMemory is how much is kept in memory before a temporary file is made, and what is
// written to it at a time.
const spoolInMemory = 256 << 10

// Spool holds what is to be delivered until all of it is known to be good: in
// memory while it is small, then in a temporary file. The file lies beside the
// target, so that putting it in place is one rename.
type Spool struct {
	Folder string
	// temporary says that the folder is that for temporary files, and nobody's choice.
	temporary bool
	// private is for a new file that its owner alone may read.
	Private bool
	// mode is that of a new file, as the umask cuts it; 0 is 0666.
	mode   fs.FileMode
	memory bytes.Buffer
	file   *os.File
}

// NewSpool makes a spool for a target file, or for a stream when it is "".
func NewSpool(target string) *Spool {
	if target == "" || IsStream(target) {
		return &Spool{Folder: os.TempDir(), temporary: true, Private: true}
	}
	file, err := realTarget(target)
	if err != nil {
		file = target // Place says what is wrong with it
	}
	return &Spool{Folder: filepath.Dir(file)}
}

// Write keeps bytes.
func (s *Spool) Write(p []byte) (int, error) {
	if s.memory.Len()+len(p) > spoolInMemory {
		if err := s.toFile(); err != nil {
			return 0, err
		}
	}
	return s.memory.Write(p)
}

// toFile moves what is in memory to a temporary file.
func (s *Spool) toFile() error {
	if s.file == nil {
		file, err := s.newFile()
		if err != nil {
			return err
		}
		hold(file)
		s.file = file
	}
	_, err := s.memory.WriteTo(s.file)
	return err
}

// newFile makes a temporary file in the folder.
func (s *Spool) newFile() (*os.File, error) {
	mode := cmp.Or(s.mode, 0o666) // as the umask cuts it, which os.CreateTemp would not ask
	if s.Private {
		mode = 0o600
	}
	file, err := os.OpenFile(filepath.Join(s.Folder, spoolPrefix+rand.Text()+spoolSuffix), os.O_RDWR|os.O_CREATE|os.O_EXCL, mode)
	if err != nil && s.temporary {
		return nil, diag.New(CodeNoTemporary, "folder", s.Folder, "error", reasonOf(err))
	}
	return file, err
}

// moveTo moves what is gathered to another folder: a link may lead to another file
// system.
func (s *Spool) moveTo(folder string) error {
	old := s.file
	if old == nil {
		s.Folder = folder
		return nil
	}
	if err := s.toFile(); err != nil {
		return err
	}
	s.Folder, s.file = folder, nil
	defer func() {
		old.Close()
		os.Remove(old.Name())
	}()
	if _, err := old.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if err := s.toFile(); err != nil {
		return err
	}
	_, err := io.Copy(s.file, old)
	return err
}

// Discard forgets everything; it may follow a delivery.
func (s *Spool) Discard() {
	if s.file != nil {
		s.file.Close()
		os.Remove(s.file.Name())
		s.file = nil
	}
}

// IsStream tells a device or a pipe, which is written into and never replaced.
func IsStream(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.Mode().IsRegular() && !info.IsDir()
}

// Place puts the file in place: synced to the disk, then renamed. A target that is
// a symbolic link stays one: the file that it leads to is replaced. A file that was
// there leaves its mode, and its owner where the run may give files away.
func (s *Spool) Place(target string) error {
	if IsStream(target) {
		stream, err := os.OpenFile(target, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		return errors.Join(s.Pour(stream), stream.Close())
	}
	file, err := realTarget(target)
	if err != nil {
		return err
	}
	if folder := filepath.Dir(file); folder != s.Folder {
		if err := s.moveTo(folder); err != nil {
			return err
		}
	}
	if err := s.toFile(); err != nil {
		return err
	}
	defer s.Discard()
	if info, err := os.Stat(file); err == nil {
		keepOwner(s.file, info)
		if err := s.file.Chmod(info.Mode().Perm()); err != nil {
			return err
		}
	}
	if err := errors.Join(s.file.Sync(), s.file.Close()); err != nil {
		return err
	}
	if err := replace(s.file.Name(), file); err != nil {
		return err
	}
	syncFolder(filepath.Dir(file))
	return nil
}

// syncFolder puts the name of a file on the disk, where the system can.
func syncFolder(path string) {
	folder, err := os.Open(path)
	if err != nil {
		return
	}
	defer folder.Close()
	// Not every file system does, and the file itself is safe.
	_ = folder.Sync()
}

// Pour writes everything to a stream.
func (s *Spool) Pour(w io.Writer) error {
	r, err := s.reader()
	if err != nil {
		return err
	}
	_, err = io.Copy(w, r)
	return err
}

// Settled is a stream that can tell whether what was written to it has arrived.
type Settled interface{ Settle() error }

// MayBeLost is a stream that can tell that nobody gets what is written to it, though
// writing does not fail.
type MayBeLost interface{ Lost() bool }

// Receives is nil for a standard output by which documents may count as delivered:
// it is asked before a ledger is to note so.
func Receives(stdout io.Writer) error {
	if stream, ok := stdout.(MayBeLost); ok && stream.Lost() {
		return diag.New(CodeOutputLost)
	}
	return nil
}

// PourOut writes everything to the standard output, and makes sure that it arrived,
// as far as the stream can tell: only then is it delivered.
func PourOut(s *Spool, stdout io.Writer) error {
	err := s.Pour(stdout)
	if stream, ok := stdout.(Settled); ok && err == nil {
		err = stream.Settle()
	}
	if err != nil {
		return CannotWrite("-", err)
	}
	return nil
}

// reader reads everything from the beginning.
func (s *Spool) reader() (io.Reader, error) {
	if s.file == nil {
		return bytes.NewReader(s.memory.Bytes()), nil
	}
	if err := s.toFile(); err != nil {
		return nil, err
	}
	_, err := s.file.Seek(0, io.SeekStart)
	return s.file, err
}

// CannotWrite words an error of writing. Windows takes a file in the place of a
// folder for a folder that is missing.
func CannotWrite(target string, err error) error {
	if issue, ok := errors.AsType[*diag.Issue](err); ok {
		return issue
	}
	file, otherwise := realTarget(target)
	if otherwise != nil {
		file = target
	}
	folder := filepath.Dir(file)
	if _, missing := os.Stat(folder); missing != nil && errors.Is(err, fs.ErrNotExist) {
		return diag.New(CodeNoFolder, "folder", folder).WithValue(target)
	}
	return diag.New(CodeCannotWrite, "target", target, "error", reasonOf(err))
}

// reasonOf is an error without the path that its reader knows, and without the
// temporary file, which is nobody's business.
func reasonOf(err error) string {
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		err = path.Err
	} else if link, ok := errors.AsType[*os.LinkError](err); ok {
		err = link.Err
	}
	return err.Error()
}
