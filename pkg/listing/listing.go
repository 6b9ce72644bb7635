package flow

import (
	"bufio"
	"io"
	"path/filepath"
	"strings"
)

// listing writes things of one kind, one after the other, in some format.
type listing[T any] struct {
	write func(*T) error
	close func() error
}

// formatOf is the format of a file by its ending, "" for any other.
func formatOf(path string) string {
	return map[string]string{".json": "json", ".ndjson": "ndjson", ".jsonl": "ndjson", ".csv": "csv"}[strings.ToLower(filepath.Ext(path))]
}

// appender appends a thing to a text as JSON.
type appender[T any] func(text []byte, thing *T) []byte

// jsonLines writes an object of JSON a line.
func jsonLines[T any](w io.Writer, put appender[T]) listing[T] {
	out := bufio.NewWriter(w)
	var line []byte
	return listing[T]{
		func(thing *T) error {
			line = append(put(line[:0], thing), '\n')
			_, err := out.Write(line)
			return err
		},
		out.Flush,
	}
}

// jsonArray writes an array of JSON; what stands between its items also stands
// inside its brackets.
func jsonArray[T any](w io.Writer, between string, put appender[T]) listing[T] {
	out := bufio.NewWriter(w)
	var item []byte
	before := "[" + between
	return listing[T]{
		func(thing *T) error {
			item = put(append(item[:0], before...), thing)
			before = "," + between
			_, err := out.Write(item)
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
