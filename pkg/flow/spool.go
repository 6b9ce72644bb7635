package flow

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// The codes of writing.
const (
	CodeCannotWrite diag.Code = "cannot-write"
	CodeFileExists  diag.Code = "file-exists"
	CodeNoFolder    diag.Code = "cannot-write-folder"
)

// spoolInMemory is how much is kept in memory before a temporary file is made.
const spoolInMemory = 256 << 10

// spool holds what is to be delivered until all of it is known to be good: in
// memory while it is small, then in a temporary file. The file lies beside the
// target, so that putting it in place is one rename.
type spool struct {
	folder string
	// private is for a file that its owner alone may read.
	private bool
	memory  bytes.Buffer
	file    *os.File
}

// newSpool makes a spool for a target file, or for a stream when it is "".
func newSpool(target string) *spool {
	if target == "" || isStream(target) {
		return &spool{folder: os.TempDir(), private: true}
	}
	return &spool{folder: filepath.Dir(target)}
}

// Write keeps bytes.
func (s *spool) Write(p []byte) (int, error) {
	if s.file == nil && s.memory.Len()+len(p) <= spoolInMemory {
		return s.memory.Write(p)
	}
	if err := s.toFile(); err != nil {
		return 0, err
	}
	return s.file.Write(p)
}

// toFile moves what is in memory to a temporary file.
func (s *spool) toFile() error {
	if s.file != nil {
		return nil
	}
	mode := fs.FileMode(0o666) // as the umask cuts it, which os.CreateTemp would not ask
	if s.private {
		mode = 0o600
	}
	file, err := os.OpenFile(filepath.Join(s.folder, spoolPrefix+rand.Text()+spoolSuffix), os.O_RDWR|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	hold(file)
	s.file = file
	_, err = s.memory.WriteTo(file)
	s.memory = bytes.Buffer{} // its memory is not needed any more
	return err
}

// Discard forgets everything; it may follow a delivery.
func (s *spool) Discard() {
	if s.file != nil {
		s.file.Close()
		os.Remove(s.file.Name())
		s.file = nil
	}
}

// isStream tells a device or a pipe, which is written into and never replaced.
func isStream(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.Mode().IsRegular() && !info.IsDir()
}

// Place puts the file in place: synced to the disk, then renamed. A file that was
// there leaves it its permissions, unless the spool is private.
func (s *spool) Place(target string) error {
	if isStream(target) {
		stream, err := os.OpenFile(target, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		return errors.Join(s.Pour(stream), stream.Close())
	}
	if err := s.toFile(); err != nil {
		return err
	}
	defer s.Discard()
	if info, err := os.Stat(target); err == nil && !s.private {
		if err := s.file.Chmod(info.Mode().Perm()); err != nil {
			return err
		}
	}
	if err := errors.Join(s.file.Sync(), s.file.Close()); err != nil {
		return err
	}
	if err := replace(s.file.Name(), target); err != nil {
		return err
	}
	syncFolder(filepath.Dir(target))
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
func (s *spool) Pour(w io.Writer) error {
	r, err := s.reader()
	if err != nil {
		return err
	}
	_, err = io.Copy(w, r)
	return err
}

// reader reads everything from the beginning.
func (s *spool) reader() (io.Reader, error) {
	if s.file == nil {
		return bytes.NewReader(s.memory.Bytes()), nil
	}
	_, err := s.file.Seek(0, io.SeekStart)
	return s.file, err
}

// cannotWrite words an error of writing. Windows takes a file in the place of a
// folder for a folder that is missing.
func cannotWrite(target string, err error) error {
	folder := filepath.Dir(target)
	if _, missing := os.Stat(folder); missing != nil && errors.Is(err, fs.ErrNotExist) {
		return diag.New(CodeNoFolder, "folder", folder).Of(target)
	}
	// The target is named already, and the temporary file is nobody's business.
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		err = path.Err
	} else if link, ok := errors.AsType[*os.LinkError](err); ok {
		err = link.Err
	}
	return diag.New(CodeCannotWrite, "target", target, "error", err.Error())
}
