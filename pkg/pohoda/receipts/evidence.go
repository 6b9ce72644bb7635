// Package receipts reads POHODA's lists of invoices, XML and CSV, as evidence of
// payment.
package receipts

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"maps"
	"slices"
	"strconv"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/settlement"
	"github.com/gopohoda/pohoda/pkg/sheet"
)

// EvidenceOptions say how a list of invoices is read.
type EvidenceOptions struct {
	// Settings name the unit, whose country names the home currency, and the rates
	// of VAT; they must be given.
	Settings *pohoda.Settings
	// Columns name headers of a CSV outright, by the names of EvidenceColumns.
	Columns map[string]string
	// CountryAssumed says that nobody named the unit's country: amounts without a
	// currency are then told where the file looks like that of another country.
	CountryAssumed bool
	// Unit is asked with the IČO and the key of the unit that a pack names, "" for none;
	// its error ends the reading. nil takes packs of every unit. CSV names no unit.
	Unit func(ico, key string) error
	// EmptyIsZero takes an empty "K likvidaci" for nothing due.
	EmptyIsZero bool
}

// The codes of a file that is no list of invoices, and of what a list says of all
// its rows.
var (
	CodeInvoicesKind      = diag.Refused.Code("invoices-wrong-kind", "kind")
	CodeInvoicesNone      = diag.Warning.Code("invoices-none")
	CodeInvoicesNoList    = diag.Refused.Code("invoices-no-list")
	CodeInvoicesNotPohoda = diag.Refused.Code("invoices-not-from-pohoda", "count")
	CodeInvoicesNotIssued = diag.Refused.Code("invoices-not-issued", "count")
	CodeInvoicesReceived  = diag.Note.Code("invoices-received", "count", "lines")
	CodeInvoicesRefused   = diag.Refused.Code("invoices-answer-refused")
	CodeInvoicesSkipped   = diag.Note.Code("invoices-rows-skipped", "count", "lines")
	CodeInvoicesUnread    = diag.Warning.Code("invoices-cells-unread", "column", "count", "lines")
	CodeInvoicesHome      = diag.Warning.Code("invoices-home-amounts", "count", "lines")
	CodeInvoicesCurrency  = diag.Warning.Code("invoices-currency-assumed", "count", "country", "lines")
	CodeInvoicesEmptyDue  = diag.Warning.Code("invoices-due-empty", "column", "count")
	CodeInvoicesShortened = diag.Warning.Code("invoices-numbers-shortened", "count", "lines")
)

// kindNames are the kinds of file that hold no list of invoices, by the name that
// sheet.Sniff gives them, as a person calls them.
var kindNames = map[string]string{
	"xlsx": "Excel (XLSX)", "xls": "Excel (XLS)", "ods": "OpenDocument (ODS)", "dbf": "dBase (DBF)", "mdb": "Access (MDB)",
	"zip": "ZIP", "gzip": "gzip", "pdf": "PDF", "docx": "Word (DOCX)", "rtf": "RTF", "png": "PNG", "jpeg": "JPEG", "gif": "GIF",
	"tiff": "TIFF", "html": "HTML", "xml": "XML", "eform": "eForm", "isdoc": "ISDOC", "isdocx": "ISDOCX", "ubl": "UBL",
	"json": "JSON", "ndjson": "NDJSON", "binary": "binary",
}

// ReadEvidence reads what a file says of the payment of invoices: POHODA's CSV of
// the agendas Vydané faktury and Vydané zálohové faktury, or a list of invoices in
// XML (responsePack, dataPack). Which of them it is, is told by the content.
//
// The evidence is valid until each returns; its texts hold the memory of their
// whole row. The digest is the SHA-256 of the whole file in hex, known when all of
// it was read. The issues concern the file; those of a row are its doubts. The
// error is that of each, or one that ended the reading.
func ReadEvidence(r io.Reader, file string, o EvidenceOptions, each func(*settlement.Evidence) error) (digest string, issues diag.List, err error) {
	hash := sha256.New()
	buffered := bufio.NewReaderSize(io.TeeReader(r, hash), 64<<10)
	head, err := buffered.Peek(32 << 10)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", nil, err
	}
	list := &evidenceList{file: file, options: o, home: money.Home(o.Settings.Unit.Country), each: each, unread: map[string]*remarks{}}
	switch kind := sheet.Sniff(head); kind {
	case "csv", "":
		err = list.readCSV(buffered)
	case "responsePack", "dataPack":
		err = list.readXML(buffered)
	default:
		err = diag.New(CodeInvoicesKind, "kind", kindNames[kind]).WithValue(file).WithPosition(diag.Position{File: file})
	}
	if err == nil {
		list.tellCounts()
		_, err = io.Copy(io.Discard, buffered)
	}
	list.issues.On("", file)
	if err != nil {
		return "", list.issues, err
	}
	return hex.EncodeToString(hash.Sum(nil)), list.issues, nil
}

// evidenceList is a list of invoices that is being read.
type evidenceList struct {
	file    string
	options EvidenceOptions
	home    money.Currency
	each    func(*settlement.Evidence) error
	issues  diag.List
	// given counts the invoices, strangers those that only a file made for POHODA has;
	// isList says that there is a list of them, be it empty.
	given, strangers int
	isList           bool
	// What follows is told once for all rows: those that are no invoices, invoices
	// that we received, those of which the rest is known in the home currency only,
	// numbers of invoices that were shortened, and cells that cannot be read.
	skipped, received, homeOnly, shortened remarks
	// assumed are invoices whose currency is that of the unit since they name none;
	// abroad says that the file looks like that of another country.
	assumed remarks
	abroad  bool
	unread  map[string]*remarks
}

// remarks count rows, with the places of the first few and a value of the first.
type remarks struct {
	count int
	lines string
	value string
}

// add counts a row.
func (r *remarks) add(line int, value string) {
	const named = 3
	switch r.count++; {
	case r.count == 1:
		r.value, r.lines = value, strconv.Itoa(line)
	case r.count <= named:
		r.lines += ", " + strconv.Itoa(line)
	case r.count == named+1:
		r.lines += ", …"
	}
}

// issue says the remarks as one issue.
func (r *remarks) issue(i *diag.Issue) *diag.Issue {
	if r.count == 0 {
		return nil
	}
	if i.Args == nil {
		i.Args = diag.Args{}
	}
	i.Args["count"], i.Args["lines"] = strconv.Itoa(r.count), r.lines
	return i.WithValue(r.value)
}

// tellCounts adds what concerns all rows to the issues of the file.
func (l *evidenceList) tellCounts() {
	if l.given == 0 {
		l.issues.Add(diag.Warn(CodeInvoicesNone))
	}
	l.issues.Add(
		l.skipped.issue(diag.Notice(CodeInvoicesSkipped)),
		l.received.issue(diag.Notice(CodeInvoicesReceived)),
		l.homeOnly.issue(diag.Warn(CodeInvoicesHome)),
		l.shortened.issue(diag.Warn(CodeInvoicesShortened)),
	)
	if l.options.CountryAssumed && l.abroad {
		l.issues.Add(l.assumed.issue(diag.Warn(CodeInvoicesCurrency, "country", l.options.Settings.Unit.Country)))
	}
	for _, column := range slices.Sorted(maps.Keys(l.unread)) {
		l.issues.Add(l.unread[column].issue(diag.Warn(CodeInvoicesUnread, "column", column)))
	}
}

// onlyReceived refuses a list of invoices that we received: of the orders of customers
// it says nothing.
func (l *evidenceList) onlyReceived() error {
	return diag.New(CodeInvoicesNotIssued, "count", strconv.Itoa(l.received.count)).WithPosition(diag.Position{File: l.file})
}

// give hands evidence over.
func (l *evidenceList) give(e *settlement.Evidence) error {
	l.given++
	return l.each(e)
}
