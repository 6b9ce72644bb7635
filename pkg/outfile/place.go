package outfile

import (
	"bytes"
	"os"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// WriteFile puts a whole file in place or nothing; one that holds something else
// is replaced only with force. Nobody but its owner may write a new one, whatever
// the umask says.
func WriteFile(path string, content []byte, force bool) error {
	if _, err := os.Stat(path); err == nil && !force {
		if old, err := os.ReadFile(path); err != nil || !bytes.Equal(old, content) {
			return diag.New(CodeFileExists).WithValue(path)
		}
		return nil
	}
	s := NewSpool(path)
	s.mode = 0o644
	defer s.Discard()
	if _, err := s.Write(content); err != nil {
		return CannotWrite(path, err)
	}
	if err := s.Place(path); err != nil {
		return CannotWrite(path, err)
	}
	return nil
}
