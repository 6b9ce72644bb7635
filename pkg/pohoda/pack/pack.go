// Package pack is the envelope of POHODA's documents, both ways: the dataPack and the
// ids in it, the documents of a pack, POHODA's answers and lists, and the validator
// by the bundled schemas.
package pack

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/beevik/etree"

	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/xmlio"
)

// Pack is dat:dataPack, the envelope of documents for one accounting unit
// (data.xsd, dataPackType).
type Pack struct {
	Unit pohoda.Unit
	// ID is stable for the source: with the item's id it is what POHODA's
	// duplicity check compares.
	ID string
	// Application is shown in POHODA's log of imports; Note goes to its remark.
	Application, Note string
}

// Envelope is the beginning and the end of the pack's file. The namespaces of the agendas
// are declared on the root; those of another one are declared by Declare. Nothing in it
// depends on the time of the run.
func (p Pack) Envelope(agendas ...*pohoda.Agenda) *xmlio.Envelope {
	e := &xmlio.Envelope{
		Root:       xmlio.Name{Space: "dat", Local: "dataPack"},
		Attrs:      []xmlio.Attr{attr("version", "2.0"), attr("id", p.ID)},
		Prefixes:   []string{"dat"},
		Namespaces: pohoda.Namespaces(),
	}
	for _, a := range agendas {
		e.Prefixes = append(e.Prefixes, a.Prefixes()...)
	}
	slices.Sort(e.Prefixes)
	e.Prefixes = slices.Compact(e.Prefixes)
	for _, optional := range []xmlio.Attr{
		attr("ico", p.Unit.ICO), attr("key", p.Unit.Key), attr("period", p.Unit.Period),
	} {
		if optional.Value != "" {
			e.Attrs = append(e.Attrs, optional)
		}
	}
	e.Attrs = append(e.Attrs, attr("application", p.Application), attr("note", p.Note))
	return e
}

func attr(name, value string) xmlio.Attr {
	return xmlio.Attr{Name: xmlio.Name{Local: name}, Value: value}
}

// Declare declares namespaces by their customary prefixes on an element.
func Declare(el *etree.Element, prefixes []string) {
	for _, prefix := range prefixes {
		el.CreateAttr("xmlns:"+prefix, pohoda.URIs()[prefix])
	}
}

// Item wraps a document into dat:dataPackItem.
func Item(id string, document *etree.Element) *etree.Element {
	item := &etree.Element{Space: "dat", Tag: "dataPackItem"}
	item.CreateAttr("version", "2.0")
	item.CreateAttr("id", id)
	item.AddChild(document)
	return item
}

// maxID is how long an id may be before it is shortened by a digest: the limit
// of dataPack@id and dataPackItem@id (data.xsd).
const maxID = 64

// ItemID is the readable, stable key of a record and what it becomes: system,
// instance, kind, id and target. It is the same whether the record travels
// alone or in a list, before or after an edit. Only a document that takes the
// place of one which POHODA has is another one, and its revision, 2 or more,
// stands at the end.
func ItemID(r *trade.Head, t pohoda.Target, revision int) string {
	parts := []string{string(r.Kind), r.Source.ID, t.Name}
	if revision > 1 {
		parts = append(parts, strconv.Itoa(revision))
	}
	return identity(r.Source, parts...)
}

// DeletionID is the key of the item that deletes the document whose place the
// item of a revision takes.
func DeletionID(r *trade.Head, t pohoda.Target, revision int) string {
	return identity(r.Source, string(r.Kind), r.Source.ID, t.Name, strconv.Itoa(revision), "delete")
}

// ID is the stable key of a source.
func ID(s trade.Source) string { return identity(s) }

// identity joins the parts of a key: the system, the instance where there is
// one, and the rest. A colon inside a part is written as in a URL, so that
// different parts never give the same key.
func identity(s trade.Source, rest ...string) string {
	var joined strings.Builder
	joined.WriteString(colons.Replace(s.System))
	if s.Instance != "" {
		joined.WriteString(":" + colons.Replace(s.Instance))
	}
	for _, part := range rest {
		joined.WriteString(":" + colons.Replace(part))
	}
	key := []rune(joined.String())
	if len(key) <= maxID {
		return joined.String()
	}
	digest := sha256.Sum256([]byte(joined.String()))
	tail := "~" + hex.EncodeToString(digest[:8])
	return string(key[:maxID-len(tail)]) + tail
}

var colons = strings.NewReplacer("%", "%25", ":", "%3A")
