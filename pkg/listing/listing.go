// Package listing writes lists of things of one kind: a table for people, CSV, JSON
// and JSON Lines for programs, in little memory.
package listing

import (
	"bufio"
	"io"
	"path/filepath"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// Listing writes things of one kind, one after the other, in some format.
type Listing[T any] struct {
	Write func(*T) error
	Close func() error
}

// FormatOf is the format of a file by its ending, "" for any other.
func FormatOf(path string) string {
	return map[string]string{".json": "json", ".ndjson": "ndjson", ".jsonl": "ndjson", ".csv": "csv"}[strings.ToLower(filepath.Ext(path))]
}

// appender appends a thing to a text as JSON.
type appender[T any] func(text []byte, thing *T) []byte

// JSONLines writes an object of JSON a line. What would steer a terminal is written
// as escapes, here and in an array.
func JSONLines[T any](w io.Writer, put appender[T]) Listing[T] {
	out := bufio.NewWriter(w)
	var line []byte
	return Listing[T]{
		func(thing *T) error {
			line = append(put(line[:0], thing), '\n')
			_, err := out.Write(diag.VisibleJSON(line))
			return err
		},
		out.Flush,
	}
}

// JSONArray writes an array of JSON; what stands between its items also stands
// inside its brackets.
func JSONArray[T any](w io.Writer, between string, put appender[T]) Listing[T] {
	out := bufio.NewWriter(w)
	var item []byte
	before := "[" + between
	return Listing[T]{
		func(thing *T) error {
			item = put(append(item[:0], before...), thing)
			before = "," + between
			_, err := out.Write(diag.VisibleJSON(item))
			return err
		},
		func() error {
			end := between + "]"
			if strings.HasPrefix(before, "[") {
				end = "[]"
			}
			// bufio.Writer keeps its first error for Flush.
			_, _ = out.WriteString(end + between)
			return out.Flush()
		},
	}
}
