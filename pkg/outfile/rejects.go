package flow

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
)

// rejects gathers refused records in their input's own form, for a second try.
type rejects struct {
	path string
	// force replaces a file that holds others.
	force  bool
	spool  *spool
	header []byte
}

// add keeps a record; rows of a table come under their header.
func (r *rejects) add(text, header []byte) error {
	if r.path == "" || text == nil {
		return nil
	}
	if r.spool == nil {
		r.spool = newSpool(r.path)
		r.spool.private = true
	}
	if ending := strings.ToLower(filepath.Ext(r.path)); ending == ".ndjson" || ending == ".jsonl" {
		text = oneLine(text)
	}
	if !bytes.Equal(header, r.header) {
		r.header = header
		text = append(ended(bytes.Clone(header)), text...)
	}
	if _, err := r.spool.Write(ended(text)); err != nil {
		return cannotWrite(r.path, err)
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

// deliver puts the file in place. It holds customers' data, so its owner alone
// may read it. Where nothing was refused no file is made, and one of an earlier run
// is left empty. A file that is there already has to hold the same, as after a run
// that was broken off, or is replaced by force alone.
func (r *rejects) deliver() error {
	if r.path == "" {
		return nil
	}
	if r.spool == nil {
		info, err := os.Stat(r.path)
		if err != nil || !info.Mode().IsRegular() || info.Size() == 0 {
			return nil
		}
		r.spool = newSpool(r.path)
		r.spool.private = true
	}
	return r.spool.placeAs(r.path, r.force)
}

func (r *rejects) discard() {
	if r.spool != nil {
		r.spool.Discard()
	}
}
