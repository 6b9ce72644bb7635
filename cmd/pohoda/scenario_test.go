package main

import (
	"encoding/json"
	"math/big"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// scene is an order of an accounting scenario, from the record to the file and back to
// what is shown, with figures that were computed apart from this project.
type scene struct {
	name string
	// unit is the configuration, without unit.ico; order are the record's fields beside
	// those that every scene has; as is the kind that it becomes.
	unit, order, as string
	// codes are all findings. A scene that is refused has nothing else.
	codes   []string
	refused bool
	// elements are the lines of the XML: level, percent and mark of reverse charge.
	elements []string
	// summary is what the XML says of rounding, method and currency.
	summary string
	// lines and rates are price, VAT and sum; the rates begin with the percent.
	lines, rates []string
	// sums are net, VAT and gross of the document, due is what is to be paid. Figures
	// that are left out are not compared.
	sums, due string
}

const (
	czechUnit  = "unit: {ico: '12345679', country: CZ, vat_payer: true}\n"
	slovakUnit = "unit: {ico: '36421928', country: SK, vat_payer: true}\n"
)

// sceneOrder is what every record has, and what the parties of both directions are.
const sceneOrder = `{"kind": "order", "source": {"system": "crm", "id": "1"}, "number": "1", "issueDate": "2026-03-02",
	"customer": {"name": "Vzorová s.r.o.", "address": {"city": "Brno"}}, "supplier": {"name": "Dodavatel s.r.o.", "address": {"city": "Brno"}}}`

func playScenes(t *testing.T, scenes []scene) {
	t.Helper()
	for i := range scenes {
		s := &scenes[i]
		t.Run(s.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			s.play(t)
		})
	}
}

func (s *scene) play(t *testing.T) {
	t.Helper()
	config := s.unit + "ledger: none\nencoding: {output: utf-8}\n"
	require.NoError(t, os.WriteFile("pohoda.yaml", []byte(config), 0o600))
	require.NoError(t, os.WriteFile("order.json", s.record(t), 0o600))
	args := []string{"export", "orders", "--from", "order.json", "-o", "out.xml", "--json"}
	if s.as != "" {
		args = append(args, "--as", s.as)
	}
	code, _, report := runs(t, args...)
	assert.Equal(t, s.codes, toldCodes(t, report), report)
	if s.refused {
		require.Equal(t, exitRefused, code, report)
		require.NoFileExists(t, "out.xml")
		return
	}
	require.Equal(t, exitDone, code, report)
	code, _, report = runs(t, "validate", "out.xml")
	require.Equal(t, exitDone, code, report)
	s.written(t)
	s.shown(t)
}

// record puts the fields of the scene over those of every one.
func (s *scene) record(t *testing.T) []byte {
	t.Helper()
	var record map[string]any
	require.NoError(t, json.Unmarshal([]byte(sceneOrder), &record))
	require.NoError(t, json.Unmarshal([]byte("{"+s.order+"}"), &record))
	// The unit itself is no party that its order has a place for.
	self := "supplier"
	if s.as == "issued-order" {
		self = "customer"
	}
	delete(record, self)
	text, err := json.Marshal(record)
	require.NoError(t, err)
	return text
}

func toldCodes(t *testing.T, report string) []string {
	t.Helper()
	type issue struct{ Code string }
	var told struct {
		Rejected []struct{ Issues []issue }
		Warnings []issue
	}
	require.NoError(t, json.Unmarshal([]byte(report), &told), report)
	var codes []string
	for _, w := range told.Warnings {
		codes = append(codes, w.Code)
	}
	for _, r := range told.Rejected {
		for _, i := range r.Issues {
			codes = append(codes, i.Code)
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

var (
	sceneItem    = regexp.MustCompile(`(?s)<ord:orderItem>.*?</ord:orderItem>`)
	sceneElement = regexp.MustCompile(`<ord:(rateVAT|percentVAT|PDP)>([^<]*)<`)
	sceneSummary = regexp.MustCompile(`<(?:ord:(?:roundingDocument|roundingVAT|calculateVAT|typeCalculateVATInclusivePrice)|typ:(?:rate|amount))>([^<]*)<|<typ:currency>\s*<typ:ids>([^<]*)<`)
)

// written compares the elements of the XML.
func (s *scene) written(t *testing.T) {
	t.Helper()
	data, err := os.ReadFile("out.xml")
	require.NoError(t, err)
	file := string(data)
	var elements []string
	for _, item := range sceneItem.FindAllString(file, -1) {
		var words []string
		for _, m := range sceneElement.FindAllStringSubmatch(item, -1) {
			if m[1] == "PDP" {
				words = append(words, "PDP")
			}
			words = append(words, m[2])
		}
		elements = append(elements, strings.Join(words, " "))
	}
	if s.elements != nil {
		assert.Equal(t, s.elements, elements)
	}
	var summary []string
	for _, m := range sceneSummary.FindAllStringSubmatch(file, -1) {
		summary = append(summary, m[1]+m[2])
	}
	assert.Equal(t, s.summary, strings.Join(summary, " "))
	foreign := strings.Contains(file, "<typ:currency>")
	assert.NotEqual(t, foreign, strings.Contains(file, "<ord:homeCurrency>"), "prices stand in one place")
}

// shownSums are the sums in the canonical record that is read out of the XML.
type shownSums struct{ Net, VAT, Gross, Payable, VATRate json.Number }

func (a shownSums) text() string { return fixed(a.Net) + " " + fixed(a.VAT) + " " + fixed(a.Gross) }

func fixed(n json.Number) string {
	exact, ok := new(big.Rat).SetString(n.String())
	if !ok {
		return "?"
	}
	return exact.FloatString(2)
}

var sceneTotal = regexp.MustCompile(`(?m)^ +total, lines: \d+ +(-?[\d.]+) +(-?[\d.]+) +(-?[\d.]+)  [A-Z]{3}$`)

// shown compares the figures that show gives, as JSON and to people.
func (s *scene) shown(t *testing.T) {
	t.Helper()
	code, out, said := runs(t, "show", "out.xml", "--json")
	require.Equal(t, exitDone, code, said)
	var record struct {
		Lines  []struct{ Totals shownSums }
		Totals struct {
			shownSums
			ByRate []shownSums
		}
	}
	require.NoError(t, json.Unmarshal([]byte(out), &record))
	var lines, rates []string
	for _, line := range record.Lines {
		lines = append(lines, line.Totals.text())
	}
	for _, rate := range record.Totals.ByRate {
		rates = append(rates, rate.VATRate.String()+": "+rate.text())
	}
	if s.lines != nil {
		assert.Equal(t, s.lines, lines)
	}
	if s.rates != nil {
		assert.Equal(t, s.rates, rates)
	}
	if s.sums != "" {
		assert.Equal(t, s.sums, record.Totals.text())
	}
	due := record.Totals.Payable
	if due == "" {
		due = record.Totals.Gross
	}
	if s.due != "" {
		assert.Equal(t, s.due, fixed(due))
	}

	_, out, _ = runs(t, "show", "out.xml")
	total := sceneTotal.FindStringSubmatch(out)
	require.NotNil(t, total, out)
	assert.Equal(t, []string{fixed(record.Totals.Net), fixed(record.Totals.VAT), fixed(due)}, total[1:], out)
}
