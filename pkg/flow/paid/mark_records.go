package paid

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/gopohoda/pohoda/pkg/flow"
)

const byteOrderMark = "\uFEFF"

// eachRecord hands over the records of a file of JSON: the items of an array, or
// values that follow each other, with the place of each in the file.
func eachRecord(in io.Reader, each func(record []byte, from int64) error) error {
	buffered, skipped := bufio.NewReader(in), int64(0)
	if head, _ := buffered.Peek(len(byteOrderMark)); string(head) == byteOrderMark {
		skipped, _ = io.CopyN(io.Discard, buffered, int64(len(head))) // they are in the buffer
	}
	d := jsontext.NewDecoder(buffered, jsontext.AllowDuplicateNames(true))
	for {
		if kind := d.PeekKind(); kind == ']' || kind == '[' && d.StackDepth() == 0 {
			if _, err := d.ReadToken(); err != nil {
				return err
			}
			continue
		}
		record, err := d.ReadValue()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := each(record, skipped+d.InputOffset()-int64(len(record))); err != nil {
			return err
		}
	}
}

// sameRecords tells whether two files hold the same records in one order, by
// their identity.
func sameRecords(a, b string) bool {
	one, errA := recordIDs(a)
	other, errB := recordIDs(b)
	return errA == nil && errB == nil && one == other
}

func recordIDs(file string) (string, error) {
	in, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer in.Close()
	var ids flow.Digest
	err = eachRecord(in, func(record []byte, _ int64) error {
		var r struct {
			Source struct{ System, Instance, ID string } `json:"source"`
		}
		err := json.Unmarshal(record, &r)
		ids.Add(r.Source.System, r.Source.Instance, r.Source.ID)
		return err
	})
	return ids.String(), err
}
