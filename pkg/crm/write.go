package crm

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/gopohoda/pohoda/pkg/trade"
)

// Append adds a record as canonical JSON on one line, without a line end. Read
// again it is the same record; what is absent is left out. Numbers are JSON
// numbers with all their digits.
func Append(dst []byte, r trade.Record) ([]byte, error) {
	var value any
	switch {
	case r.Document != nil:
		value = r.Document
	case r.Contact != nil:
		value = r.Contact
	case r.Product != nil:
		value = r.Product
	case r.Contract != nil:
		value = r.Contract
	case r.Payment != nil:
		value = r.Payment
	default:
		return dst, fmt.Errorf("record of kind %q holds nothing", r.Kind)
	}
	buffer := bytes.NewBuffer(dst)
	encoder := json.NewEncoder(buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return dst, err
	}
	return bytes.TrimSuffix(buffer.Bytes(), []byte{'\n'}), nil
}
