package receipts

import (
	"regexp"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/settlement"
	"github.com/gopohoda/pohoda/pkg/sheet"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// The codes of words that are not known, and of numbers that were changed.
var (
	CodeInvoiceStorno   = diag.Warning.Code("invoice-storno-unknown")
	CodeInvoiceType     = diag.Warning.Code("invoice-type-unknown")
	CodeInvoiceCurrency = diag.Warning.Code("invoice-currency-unknown")
	CodeNumberChanged   = diag.Warning.Code("number-changed")
)

// invoiceWords are the kinds of invoice in Czech and Slovak, folded.
var invoiceWords = spellings(map[settlement.EvidenceKind]string{
	settlement.FinalEvidence: `faktura, běžná faktura, bežná faktúra, faktúra, vydaná faktura, vydaná faktúra, daňový doklad,
		faktura - daňový doklad, faktúra - daňový doklad`,
	settlement.DebitEvidence: `vrubopis, ťarchopis, vydaný vrubopis, vydaný ťarchopis`,
	settlement.OtherEvidence: `penále, penalizační faktura, penalizačná faktúra, penalizace, smluvní pokuta, zmluvná pokuta, úrok z prodlení,
		úrok z omeškania, pohledávka, pohľadávka, ostatní pohledávka, ostatná pohľadávka, ostatní pohledávky, ostatné pohľadávky`,
	receivedKind: `přijatá faktura, prijatá faktúra, přijatá zálohová faktura, prijatá zálohová faktúra, přijatý dobropis,
		prijatý dobropis, přijatý vrubopis, prijatý ťarchopis, závazek, záväzok, ostatní závazek, ostatný záväzok`,
	settlement.AdvanceEvidence: `zálohová faktura, zálohová faktúra, vydaná zálohová faktura, vydaná zálohová faktúra, zálohová, záloha,
		preddavková faktúra, preddavok, proforma, proforma faktura, proforma faktúra`,
	settlement.CreditEvidence: `dobropis, opravný daňový doklad, opr. daňový doklad`,
})

// stornoWords say whether an invoice was cancelled; one that cancels another is
// not to be paid either.
var stornoWords = spellings(map[trade.Flag]string{
	trade.Yes: `storno, stornováno, stornované, stornovaný, stornovaná, stornovaný doklad, stornující, stornujúci, stornující doklad,
		stornujúci doklad, zrušeno, zrušené, ano, áno, a, s, x, true, 1`,
	trade.No: `ne, nie, n, false, 0, -, bez storna, nestornováno, nestornované`,
})

// receivedKind is an invoice that we received; it is no evidence.
const receivedKind settlement.EvidenceKind = "received"

// spellings indexes words by their folded form.
func spellings[K comparable](lists map[K]string) map[string]K {
	index := map[string]K{}
	for meaning, list := range lists {
		for word := range strings.SplitSeq(list, ",") {
			index[sheet.Fold(word)] = meaning
		}
	}
	return index
}

// glossary knows words by their folded form, and remembers what it was asked,
// since a column has few words.
type glossary[T any] struct {
	words map[string]T
	asked map[string]answer[T]
}

type answer[T any] struct {
	meaning T
	known   bool
}

func newGlossary[T any](words map[string]T) glossary[T] {
	return glossary[T]{words, map[string]answer[T]{}}
}

// meaning tells what a word means; only so many are remembered.
func (g *glossary[T]) meaning(word string) (T, bool) {
	const most = 1000
	a, asked := g.asked[word]
	if !asked {
		a.meaning, a.known = g.words[sheet.Fold(word)]
		if len(g.asked) < most {
			g.asked[strings.Clone(word)] = a
		}
	}
	return a.meaning, a.known
}

// totals are the words with which footers and subtotals begin, folded.
var totals = map[string]bool{
	"celkem": true, "celkom": true, "soucet": true, "sucet": true, "mezisoucet": true, "medzisucet": true, "suma": true,
	"spolu": true, "total": true, "subtotal": true, "souhrn": true, "suhrn": true,
}

// isTotal tells a text that begins with a word for a total.
func isTotal(text string) bool {
	first, _, _ := strings.Cut(sheet.Fold(text), " ")
	return totals[strings.TrimRight(first, ":=")]
}

// spoiled tells a text that a spreadsheet may have made of the number of an order:
// 2,026E+09 has lost its digits, a date or XII.26 was 12/26, and decimals and
// no-break spaces are in no number that a person wrote. Zeros that were lost from
// the beginning leave no trace.
func spoiled(order string) *diag.Issue {
	switch {
	case strings.Trim(order, "0123456789") == "", order[0] > '9' && len(order) > len("VIII.26"):
		return nil // what most numbers look like, told without a look at patterns
	case sheet.Shortened(order):
		return diag.Warn(sheet.CodeNumberShortened).WithValue(order)
	case changedNumber.MatchString(order), isDate(order):
		return diag.Warn(CodeNumberChanged).WithValue(order)
	}
	return nil
}

// changedNumber are the ways in which spreadsheets show numbers and parts of dates.
var changedNumber = regexp.MustCompile(`^(\d+[.,]0+` +
	`|\d{1,3}([\x{A0}\x{202F}]\d{3})+` +
	`|(I{1,3}|IV|VI{0,3}|IX|XI{0,2})\.\d{2}|\d{1,2}\.(I{1,3}|IV|VI{0,3}|IX|XI{0,2})` +
	`|(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-\d{2}|\d{1,2}-(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))$`)

// isDate tells a date with its year; other texts are not even tried, for the sake
// of speed.
func isDate(text string) bool {
	if len(text) < len("1.1.2026") || text[0] < '0' || text[0] > '9' {
		return false
	}
	_, err := sheet.ParseDate(text)
	return err == nil
}
