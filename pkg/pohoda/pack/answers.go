package pack

import (
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/beevik/etree"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/xmlio"
)

// The codes of a file of answers.
var (
	// CodePackRefused: POHODA refused the whole pack, as {value} says, and
	// answers none of its items.
	CodePackRefused = diag.Refused.Code("answers-pack-refused")
	// CodeAnswerIsList: an item holds a list ({value}), and no answer.
	CodeAnswerIsList = diag.Warning.Code("answers-item-list")
)

// AnswerPack is the envelope of answers (response.xsd, responsePackType).
type AnswerPack struct {
	// ID is that of the pack which POHODA answers, "" where it names none.
	ID string
	// ICO and Key are of the accounting unit that took the pack.
	ICO, Key string
	// Note is what POHODA says of the pack.
	Note string
	// Items counts the items.
	Items int
}

// Answers reads a responsePack, whose file is named for positions, to its end and
// hands over the answer of every item, whatever its agenda. Items that hold lists
// are told.
//
// A pack that was refused as a whole is CodePackRefused; what is no responsePack
// is CodeNotAPack, or has the errors of WrongRoot.
func Answers(r io.Reader, file string, each func(*AnswerPack, *Answer) error, tell func(*diag.Issue)) (*AnswerPack, error) {
	s := xmlio.NewScanner(r, file, pohoda.Namespaces())
	if _, err := s.Next(); err != nil {
		return nil, err
	}
	switch root := s.Name(); {
	case Roots[root.String()] == "":
		return nil, WrongRoot(root).WithPosition(s.Pos())
	case root.Local != "responsePack":
		return nil, diag.New(CodeNotAPack).WithValue(root.Local).WithPosition(s.Pos())
	}
	attrs := s.Attrs()
	pack := &AnswerPack{ID: pohoda.Attribute(attrs, "id"), ICO: pohoda.Attribute(attrs, "ico"), Key: pohoda.Attribute(attrs, "key"), Note: pohoda.Attribute(attrs, "note")}
	failed, at := pohoda.Attribute(attrs, "state") == stateError, s.Pos()
	for {
		kind, err := s.Next()
		switch {
		case errors.Is(err, io.EOF):
			if failed && pack.Items == 0 {
				return pack, diag.New(CodePackRefused).WithValue(pack.Note).WithPosition(at)
			}
			tellMisdeclared(s, tell)
			return pack, nil
		case err != nil:
			return pack, err
		case kind == xmlio.Start:
			pack.Items++
			if err := readAnswer(s, pack, each, tell); err != nil {
				return pack, err
			}
		}
	}
}

// readAnswer reads an item whose start tag was read.
func readAnswer(s *xmlio.Scanner, pack *AnswerPack, each func(*AnswerPack, *Answer) error, tell func(*diag.Issue)) error {
	attrs := s.Attrs()
	a := &Answer{Item: pohoda.Attribute(attrs, "id"), State: pohoda.Attribute(attrs, "state"), Note: pohoda.Attribute(attrs, "note"), At: s.Pos()}
	list := ""
	err := children(s, func() error {
		switch name := s.Name(); {
		case isResponse(name):
			a.Response, a.ResponseState = name.Local, pohoda.Attribute(s.Attrs(), "state")
			return a.readResponse(s)
		case name.Local == "errorDetail":
			return a.readDuplicities(s)
		default:
			list = name.Local
			return s.Skip()
		}
	})
	switch {
	case err != nil:
		return err
	case list != "":
		tell(diag.Warn(CodeAnswerIsList).WithValue(list).WithRecord(a.Item).WithPosition(a.At))
		return nil
	}
	return each(pack, a)
}

// isResponse tells the response of an agenda, also of one that the tool does not
// know: all but the lists are named so (response.xsd, responsePackItemType).
func isResponse(name xmlio.Name) bool { return strings.HasSuffix(name.Local, "Response") }

// children goes through the children of the element that has just started; child
// reads each to its end.
func children(s *xmlio.Scanner, child func() error) error {
	for {
		kind, err := s.Next()
		switch {
		case err != nil:
			return err
		case kind == xmlio.End:
			return nil
		case kind == xmlio.Start:
			if err := child(); err != nil {
				return err
			}
		}
	}
}

// readResponse reads the response of an agenda (documentresponse.xsd,
// documentResponseType), without what was printed.
func (a *Answer) readResponse(s *xmlio.Scanner) error {
	return children(s, func() error {
		switch s.Name().Local {
		case "importDetails":
			details, err := s.Element()
			if err == nil {
				a.takeDetails(details)
			}
			return err
		case "producedDetails":
			produced, err := s.Element()
			if err == nil {
				a.ID, a.Number, a.Action = recordNumber(childText(produced, "id")), childText(produced, "number"), childText(produced, "actionType")
			}
			return err
		}
		return s.Skip()
	})
}

// errnoAltered is POHODA's number for a value that it had to alter (reference
// FORMAT, section 11.4).
const errnoAltered = "603"

func (a *Answer) takeDetails(details *etree.Element) {
	for _, el := range details.SelectElements("detail") {
		d := Detail{
			State: childText(el, "state"), Errno: childText(el, "errno"), Note: childText(el, "note"),
			XPath: childText(el, "XPath"), Requested: childText(el, "valueRequested"), Produced: childText(el, "valueProduced"),
		}
		another := el.SelectElement("valueProduced") != nil && d.Produced != d.Requested
		d.Altered = d.Errno == errnoAltered || d.State == stateWarning && another
		a.Details = append(a.Details, d)
	}
}

func (a *Answer) readDuplicities(s *xmlio.Scanner) error {
	detail, err := s.Element()
	if err != nil {
		return err
	}
	for _, el := range detail.SelectElements("recordDuplicity") {
		a.Duplicities = append(a.Duplicities, Duplicity{
			Agenda: childText(el, "agendaType"), Date: childText(el, "dateCreate"),
			ID: recordNumber(childText(el, "id")), Number: childText(el, "number"),
		})
	}
	return nil
}

// childText is the text of a child on one line, "" when there is none.
func childText(el *etree.Element, tag string) string {
	child := el.SelectElement(tag)
	if child == nil {
		return ""
	}
	return strings.Join(strings.Fields(child.Text()), " ")
}

// recordNumber reads the id of a record in POHODA; what is none is 0.
func recordNumber(text string) int64 {
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil || id < 0 {
		return 0
	}
	return id
}

// HoldsDocuments tells from the beginning of a file whether it is a pack of
// documents, a dataPack or a list that POHODA exported, and not one of answers.
func HoldsDocuments(head io.Reader) bool {
	s := xmlio.NewScanner(head, "", pohoda.Namespaces())
	for depth := 0; ; {
		kind, err := s.Next()
		switch {
		case err != nil:
			return false
		case kind == xmlio.End:
			depth--
		case kind != xmlio.Start:
		case depth == 0 && s.Name().Local == "dataPack":
			return true
		case depth == 2:
			return !isResponse(s.Name()) && s.Name().Local != "errorDetail"
		default:
			depth++
		}
	}
}
