package outfile

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
)

// Rejects gathers refused records in their input's own form, for a second try.
type Rejects struct {
	Path string
	// force replaces a file that holds others.
	Force  bool
	spool  *Spool
	header []byte
}

// Add keeps a record; rows of a table come under their header.
func (r *Rejects) Add(text, header []byte) error {
	if r.Path == "" || text == nil {
		return nil
	}
	if r.spool == nil {
		r.spool = NewSpool(r.Path)
		r.spool.Private = true
	}
	if ending := strings.ToLower(filepath.Ext(r.Path)); ending == ".ndjson" || ending == ".jsonl" {
		text = oneLine(text)
	}
	if !bytes.Equal(header, r.header) {
		r.header = header
		text = append(ended(bytes.Clone(header)), text...)
	}
	if _, err := r.spool.Write(ended(text)); err != nil {
		return CannotWrite(r.Path, err)
	}
	return nil
}

// oneLine takes the line breaks out of a record of JSON: in a file of this name
// a line is a record. What is no JSON stays as it is.
func oneLine(text []byte) []byte {
	var line bytes.Buffer
	if !bytes.Contains(bytes.TrimSpace(text), []byte("\n")) || json.Compact(&line, text) != nil {
		return text
	}
	return line.Bytes()
}

// ended ends a text with its line.
func ended(text []byte) []byte {
	if bytes.HasSuffix(text, []byte("\n")) {
		return text
	}
	return append(text, '\n')
}

// Deliver puts the file in place. It holds customers' data, so its owner alone
// may read it. Where nothing was refused no file is made, and one of an earlier run
// is left empty. A file that is there already has to hold the same, as after a run
// that was broken off, or is replaced by force alone.
func (r *Rejects) Deliver() error {
	if r.Path == "" {
		return nil
	}
	if r.spool == nil {
		info, err := os.Stat(r.Path)
		if err != nil || !info.Mode().IsRegular() || info.Size() == 0 {
			return nil
		}
		r.spool = NewSpool(r.Path)
		r.spool.Private = true
	}
	return r.spool.PlaceAs(r.Path, r.Force)
}

// Discard drops what was not delivered.
func (r *Rejects) Discard() {
	if r.spool != nil {
		r.spool.Discard()
	}
}
