package xsd_test

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/oracle"
	"github.com/gopohoda/pohoda/pkg/xmlio"
	"github.com/gopohoda/pohoda/pkg/xsd"
	"github.com/gopohoda/pohoda/schemas"
)

const stormware = "http://www.stormware.cz/schema/version_2/"

// house are the prefixes of the tests.
var house = map[string]string{
	"dat": stormware + "data.xsd", "rsp": stormware + "response.xsd", "ord": stormware + "order.xsd",
	"typ": stormware + "type.xsd", "ftr": stormware + "filter.xsd", "lst": stormware + "list.xsd",
	"prn": stormware + "print.xsd", "rdc": stormware + "documentresponse.xsd", "inv": stormware + "invoice.xsd",
	"t": "urn:t",
}

// position is that of what no file holds.
var position diag.Position

var namespaces = xmlio.NewNamespaces(house)

// bundled compiles one of the schemas that ship with the tool.
func bundled(t testing.TB, root string) *xsd.Schema {
	s, err := xsd.Compile(schemas.XSD, root, house)
	require.NoError(t, err)
	return s
}

// official compiles one of POHODA's own schemas.
func official(t testing.TB, root string) *xsd.Schema {
	s, err := xsd.Compile(os.DirFS(filepath.Join(reference(t), "pohoda", "xsd")), root, house)
	require.NoError(t, err)
	return s
}

func reference(t testing.TB) string {
	return oracle.Reference(t)
}

// event is a piece of a document, ready to be handed to a session.
type event struct {
	kind  xmlio.Kind
	name  xsd.Name
	attrs []xsd.Attr
	text  []byte
	at    diag.Position
}

// events reads a document; what is not well-formed is an error.
func events(doc []byte) ([]event, error) {
	scanner := xmlio.NewScanner(bytes.NewReader(doc), "test.xml", namespaces)
	var all []event
	for {
		kind, err := scanner.Next()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		e := event{kind: kind, at: scanner.Pos()}
		switch kind {
		case xmlio.Start:
			e.name = xsd.Name(scanner.Name())
			for _, a := range scanner.Attrs() {
				means, _ := scanner.Means(a.Value)
				e.attrs = append(e.attrs, xsd.Attr{Name: xsd.Name(a.Name), Value: a.Value, Means: xsd.Name(means)})
			}
		case xmlio.Text:
			e.text = bytes.Clone(scanner.Text())
		}
		all = append(all, e)
	}
}

func feed(s *xsd.Session, all []event) bool {
	for i := range all {
		switch e := &all[i]; e.kind {
		case xmlio.Start:
			s.Start(e.name, e.attrs, e.at)
		case xmlio.End:
			s.End()
		case xmlio.Text:
			s.Text(e.text)
		}
	}
	return s.Done()
}

// findings validates a document that is well-formed.
func findings(t testing.TB, schema *xsd.Schema, doc string) []xsd.Finding {
	all, err := events([]byte(doc))
	require.NoError(t, err, doc)
	var found []xsd.Finding
	valid := feed(schema.NewSession(func(f xsd.Finding) { found = append(found, f) }), all)
	require.Equal(t, len(found) == 0, valid)
	for _, f := range found {
		r, _ := f.Code.Registration()
		require.ElementsMatch(t, r.Arguments, slices.Collect(maps.Keys(f.Args)), f.Code)
	}
	return found
}
