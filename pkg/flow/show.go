package flow

import (
	"cmp"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/check"
	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/eform"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/pohoda/pack"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
	"github.com/gopohoda/pohoda/pkg/xmlio"
)

// CodeLeftOut names an element of a document that the model has no field for.
var CodeLeftOut = diag.Note.Code("element-left-out")

// Shown is a record that was read from a file.
type Shown struct {
	// Item is its id in the pack.
	Item   string
	Record *trade.Record
	// Document is the record's, nil of one that is no document.
	Document *trade.Document
	// Agenda is nil of an eForm. Target is what a record becomes that is written so; the
	// zero value is nothing that the tool writes.
	Agenda *pohoda.Agenda
	Target pohoda.Target
	// Values are the texts of a record that is no document, as the file has them.
	Values []fieldtable.Value
	// Figures are the sums that are shown.
	Figures Figures
	// Totals are the sums by the tool's own arithmetic, with those of each line.
	// They mean nothing where a line is Unknown (counted from 0).
	Totals  vat.Totals
	Unknown []int
	// ICO is the accounting unit of the pack. Country is the one whose rates were
	// taken, Origin who named it.
	ICO, Country string
	Origin       CountryOrigin
}

// name is how the document is called in messages.
func (s *Shown) name() string { return cmp.Or(s.Record.Of.Code(), s.Item) }

// CodeTargetUnread says that a document of an agenda that the tool writes does not say what
// it is, such as an order without its type.
var CodeTargetUnread = diag.Warning.Code("document-type-missing")

// Posted tells whether the record is one that an export may have made: what it is, or an
// issue where it does not say that.
func (s *Shown) Posted() (target string, issue *diag.Issue) {
	if s.Target.Name == "" && s.Agenda != nil && len(s.Agenda.Targets) > 0 {
		issue = diag.Warn(CodeTargetUnread).WithRecord(strings.TrimSpace(string(s.Record.Kind()) + " " + s.name()))
	}
	return s.Target.Name, issue
}

// JSON writes the record in its canonical form on a line of its own, a document with
// its figures.
func (s *Shown) JSON(w io.Writer) error {
	record := *s.Record
	if s.Document != nil {
		document := *s.Document
		document.Totals = s.Figures.Totals
		document.Lines = slices.Clone(document.Lines)
		for i := range document.Lines {
			document.Lines[i].Totals = s.Figures.Lines[i]
		}
		record.Of = &document
	}
	text, err := canonical.Append(nil, record)
	if err != nil {
		return err
	}
	_, err = w.Write(diag.VisibleJSON(append(text, '\n')))
	return err
}

// Show reads the documents of a dataPack, a responsePack or an eForm and hands
// them over one by one, until each has an error of its own. What the model has
// no field for is named once a path.
func Show(c *config.Config, file string, stdin io.Reader, each func(*Shown) error) (diag.List, error) {
	r, err := OpenUnit(c, file, stdin)
	if err != nil {
		return nil, ReadError(file, err)
	}
	defer r.Close()
	return ShowFrom(r.Unit, anyUnit, file, r, each)
}

// ShowOwn is Show for what counts in the books of the configured unit: a pack of another
// one is CodeUnitDiffers, be it empty.
func ShowOwn(c *config.Config, file string, stdin io.Reader, each func(*Shown) error) (diag.List, error) {
	r, err := OpenUnit(c, file, stdin)
	if err != nil {
		return nil, ReadError(file, err)
	}
	defer r.Close()
	return ShowFrom(r.Unit, OtherUnit, file, r, each)
}

// anyUnit lets packs of all units pass.
func anyUnit(config.Unit, string, string, string) error { return nil }

// ShowFrom is Show for a file that is open, as one of a unit; differs says of which units
// packs are refused.
func ShowFrom(u FileUnit, differs func(u config.Unit, file, ico, key string) error, file string, r io.Reader, each func(*Shown) error) (diag.List, error) {
	s := &shower{config: u.Config, origin: u.Origin, settings: Settings(u.Config, charset.UTF8), each: each, codecs: map[*pohoda.Agenda]*pohoda.Codec{}, told: map[string]bool{}}
	s.checks = CheckSettings(u.Config)
	s.checks.Rates = s.checks.Rates.ForReading()
	scanner := xmlio.NewScanner(r, file, pohoda.Namespaces())
	_, err := scanner.Next()
	if err != nil {
		return nil, ReadError(file, err)
	}
	key := ""
	for _, attr := range scanner.Attrs() {
		switch attr.Name.String() {
		case "ico":
			s.ico = attr.Value
		case "key":
			key = attr.Value
		}
	}
	if err := differs(u.Unit, file, s.ico, key); err != nil {
		return nil, err
	}
	switch root := scanner.Name().String(); {
	case root == "eform":
		err = s.eForm(scanner)
	case pack.Roots[root] != "":
		err = s.pack(scanner)
	default:
		err = pack.WrongRoot(scanner.Name()).WithPosition(scanner.Pos())
	}
	if err == nil {
		s.issues.Add(pack.Misdeclared(scanner))
	}
	s.issues.On("", file)
	if err != nil && s.ended == nil {
		return s.issues, ReadError(file, err)
	}
	return s.issues, s.ended
}

type shower struct {
	config   *config.Config
	settings *pohoda.Settings
	// checks are those of a file that is read: rates of all times count.
	checks check.Settings
	// origin says who named the country.
	origin CountryOrigin
	each   func(*Shown) error
	codecs map[*pohoda.Agenda]*pohoda.Codec
	issues diag.List
	// ico is the unit that the pack names.
	ico string
	// told are the paths and rates that were told.
	told map[string]bool
	// ended is the error of each.
	ended error
}

// pack goes through the items of a pack.
func (s *shower) pack(scanner *xmlio.Scanner) error {
	return pack.Documents(scanner, func(found pack.Found) error {
		codec := s.codecs[found.Agenda]
		if codec == nil {
			codec = found.Agenda.Open(nil)
			s.codecs[found.Agenda] = codec
		}
		read := codec.Decode(found.Element, s.settings)
		if id := read.Record.Of.Header().Pohoda.ID; id != 0 {
			originate(read.Record, pohodaSystem, strconv.FormatInt(id, 10))
		}
		originate(read.Record, pohodaSystem, found.Item)
		return s.show(&Shown{Item: found.Item, Record: read.Record, Agenda: found.Agenda, Target: read.Target, Values: read.Values}, read.Reader)
	}, func(issue *diag.Issue) { s.issues.Add(issue) })
}

// eForm reads the one order of an eForm.
func (s *shower) eForm(scanner *xmlio.Scanner) error {
	at := scanner.Pos()
	el, err := scanner.Element()
	if err != nil {
		return err
	}
	if issue := eform.NoOrder(el); issue != nil {
		return issue.WithPosition(at)
	}
	record, reader := eform.Decode(el, &eform.Settings{Country: s.config.Unit.Country, Rates: Rates(s.config)})
	originate(record, "eform", record.Of.Code())
	if err := s.show(&Shown{Record: record}, reader); err != nil {
		return err
	}
	if _, err := scanner.Next(); !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}

// pohodaSystem is the system of a document that names no other.
const pohodaSystem = "pohoda"

// originate names the file's own system as the source of a record that carries
// no key of a CRM.
func originate(r *trade.Record, system, id string) {
	if source := &r.Of.Header().Source; source.System == "" {
		source.System, source.ID = system, id
	}
}

func (s *shower) show(shown *Shown, reader *fieldtable.Reader) error {
	shown.Document, shown.ICO, shown.Country, shown.Origin = shown.Record.Document(), s.ico, s.config.Unit.Country, s.origin
	reader.Issues.On(shown.name(), "")
	for _, issue := range reader.Issues {
		// What holds for the whole file is said once.
		if issue.Code != pohoda.CodeThirdRead || !s.told[string(issue.Code)] {
			s.told[string(issue.Code)] = true
			s.issues.Add(issue)
		}
	}
	for _, path := range reader.Order {
		if !s.told[path] {
			s.told[path] = true
			s.issues.Add(diag.Notice(CodeLeftOut).WithValue(path))
		}
	}
	if shown.Document != nil {
		s.total(shown, reader.Issues)
	}
	s.ended = s.each(shown)
	return s.ended
}
