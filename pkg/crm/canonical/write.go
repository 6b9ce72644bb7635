package canonical

import (
	"bytes"
	"encoding/json"
	"errors"

	"github.com/gopohoda/pohoda/pkg/trade"
)

// Append adds a record as canonical JSON on one line, without a line end. Read
// again it is the same record; what is absent is left out. Numbers are JSON
// numbers with all their digits.
func Append(dst []byte, r trade.Record) ([]byte, error) {
	if r.Of == nil {
		return dst, errors.New("the record holds nothing")
	}
	buffer := bytes.NewBuffer(dst)
	encoder := json.NewEncoder(buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(r.Of); err != nil {
		return dst, err
	}
	return bytes.TrimSuffix(buffer.Bytes(), []byte{'\n'}), nil
}
