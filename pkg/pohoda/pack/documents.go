package pack

import (
	"errors"
	"io"

	"github.com/beevik/etree"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/xmlio"
)

// Found is a document in a pack.
type Found struct {
	// Item is the id of the item that holds it.
	Item    string
	Agenda  *pohoda.Agenda
	Element *etree.Element
	At      diag.Position
}

// Documents reads a pack, whose root has been read, to its end and hands over
// every document of an agenda that the tool knows. In the lists that POHODA exports the documents lie one deeper, and their element
// has the list's prefix (reference FORMAT, section 10). What else an item holds
// is told.
func Documents(s *xmlio.Scanner, each func(Found) error, tell func(*diag.Issue)) error {
	d := &DocumentScanner{Scanner: s, Each: each, Tell: tell}
	return d.Read()
}

// Read reads a pack to its end.
func (d *DocumentScanner) Read() error {
	s := d.Scanner
	for {
		kind, err := s.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case kind == xmlio.Start && isItem(s.Name()):
			if d.Refused != nil && pohoda.Attribute(s.Attrs(), "state") == "error" {
				return d.Refused()
			}
			err = d.item(pohoda.Attribute(s.Attrs(), "id"))
		case kind == xmlio.Start:
			d.uncovered(s.Name())
			err = s.Skip()
		}
		if err != nil {
			return err
		}
	}
}

// DocumentScanner goes through the documents of a pack.
type DocumentScanner struct {
	*xmlio.Scanner
	Each func(Found) error
	Tell func(*diag.Issue)
	// list gets the agenda of each list, refused is called in an item that POHODA
	// refused; nil is not asked.
	List    func(*pohoda.Agenda)
	Refused func() error
	told    map[string]bool
}

// item goes through dataPackItem or responsePackItem; its start tag was read.
func (d *DocumentScanner) item(id string) error {
	for depth := 1; depth > 0; {
		kind, err := d.Next()
		switch {
		case err != nil:
			return err
		case kind == xmlio.End:
			depth--
		case kind == xmlio.Start && listOf(d.Name()) != nil:
			if depth++; d.List != nil {
				d.List(listOf(d.Name()))
			}
		case kind == xmlio.Start:
			if err := d.content(id); err != nil {
				return err
			}
		}
	}
	return nil
}

// content hands a document over, or passes over what is none.
func (d *DocumentScanner) content(id string) error {
	a := agendaOf(d.Name())
	if a == nil {
		d.uncovered(d.Name())
		return d.Skip()
	}
	at := d.Pos()
	el, err := d.Element()
	if err != nil {
		return err
	}
	el.Space, el.Tag = a.Prefix, a.Element
	if command := commandOf(el); command != "" {
		d.Tell(diag.Warn(CodeCommand).WithValue(command).WithRecord(id).WithPosition(at))
		return nil
	}
	return d.Each(Found{id, a, el, at})
}

// commandOf names what an element asks of a document that is in POHODA already;
// "" of one that is a document itself.
func commandOf(el *etree.Element) string {
	if el.FindElement("actionType/delete") != nil {
		return "delete"
	}
	if el.FindElement("cancelDocument") != nil && el.FindElement(el.Tag+"Header") == nil {
		return "cancelDocument"
	}
	return ""
}

func (d *DocumentScanner) uncovered(name xmlio.Name) {
	if !d.told[name.String()] {
		if d.told == nil {
			d.told = map[string]bool{}
		}
		d.told[name.String()] = true
		d.Tell(diag.Warn(CodeNotShown).WithValue(name.Local).WithPosition(d.Pos()))
	}
}

func isItem(name xmlio.Name) bool {
	return name.Local == "dataPackItem" || name.Local == "responsePackItem"
}

// agendaOf finds the agenda of an element, by itself or in a list.
func agendaOf(name xmlio.Name) *pohoda.Agenda {
	for _, a := range pohoda.Agendas() {
		if tag := name.String(); tag == a.Tag() || tag == a.List.Record {
			return a
		}
	}
	return nil
}

// listOf finds the agenda of a list that POHODA exported: "listOrder" holds the
// agenda's documents.
func listOf(name xmlio.Name) *pohoda.Agenda {
	for _, a := range pohoda.Agendas() {
		if name.String() == a.List.Tag {
			return a
		}
	}
	return nil
}

// CodeNotShown says that an item holds no document that the tool reads.
var CodeNotShown = diag.Warning.Code("element-not-shown")

// CodeCommand says that an item asks something of a document of POHODA's.
var CodeCommand = diag.Warning.Code("document-command")
