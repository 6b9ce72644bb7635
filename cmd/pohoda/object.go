package main

import (
	"bytes"
	"fmt"
	"io"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// openObject begins the JSON object of a command whose report may be too long to
// be gathered: what the command prints next is the value of a key, and the report
// comes behind it.
func (e *Env) openObject(key string) error {
	e.opened = true
	_, err := fmt.Fprintf(e.Stdout, "{%q:", key)
	return err
}

// printObject prints the JSON object of a report, or what is left of it.
func (e *Env) printObject(w io.Writer, object any) error {
	if !e.opened {
		return diag.JSON(w, object)
	}
	var rest bytes.Buffer
	if err := diag.JSON(&rest, object); err != nil {
		return err
	}
	_, err := w.Write(append([]byte(","), bytes.TrimPrefix(rest.Bytes(), []byte("{"))...))
	return err
}
