package view

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// TestTextAndJSONAgree shows every sample, of both countries, and compares the figures
// that a person reads with those that a script reads.
func TestTextAndJSONAgree(t *testing.T) {
	files := samples(t)
	documents, lines, stated := 0, 0, 0
	for _, country := range []string{"", "CZ", "SK"} {
		for _, file := range files {
			_, err := flow.Show(configOf(t, country), file, nil, func(s *flow.Shown) error {
				var text, record strings.Builder
				PrintRecord(&text, s, diag.English)
				require.NoError(t, s.JSON(&record))
				want := ofRecord(t, record.String())
				assert.Equal(t, want, ofText(text.String()), "%s %s\n%s", file, s.Item, text.String())
				documents++
				lines += len(s.Document.Lines)
				if s.Figures.Stated {
					stated++
				}
				return nil
			})
			var issue *diag.Issue
			require.True(t, err == nil || assert.ErrorAs(t, err, &issue), file)
		}
	}
	t.Logf("%d files, %d documents, %d of them with stated sums, %d lines", len(files), documents, stated, lines)
	assert.Greater(t, documents, 100)
	assert.Greater(t, stated, 50)
}

// configOf is a configuration that names the country, or leaves it with "".
func configOf(t *testing.T, country string) *config.Config {
	t.Helper()
	o := config.Options{Env: map[string]string{}}
	if country != "" {
		o.Flags = []config.Flag{{Name: "country", Key: "unit.country", Value: country}}
	}
	c, issues := config.Load(o)
	require.Empty(t, issues)
	return c
}

// samples are the files of POHODA and eForm that the tests have, and the real ones.
func samples(t *testing.T) []string {
	t.Helper()
	folders := []string{"../../../testdata"}
	if reference := os.Getenv("POHODA_REFERENCE"); reference != "" {
		folders = append(folders, filepath.Join(reference, "pohoda", "samples"))
	}
	var files []string
	for _, folder := range folders {
		require.NoError(t, filepath.WalkDir(folder, func(path string, _ fs.DirEntry, err error) error {
			if extension := filepath.Ext(path); extension == ".xml" || extension == ".xph" {
				files = append(files, path)
			}
			return err
		}))
	}
	require.Greater(t, len(files), 30)
	return files
}

// shownFigures are the figures of one document as texts, "?" for an unknown one.
type shownFigures struct {
	Lines  []string
	ByRate []string
	// Rounding and Total are "" where they are not shown.
	Rounding, Total string
}

var (
	lineRow     = regexp.MustCompile(`^ +(\d+) .* {2}(\?|-?[\d.]+) {2,}(\?|-?[\d.]+) {2}(?:text|stock)(?:, reverse charge)?$`)
	rateRow     = regexp.MustCompile(`^ {2}VAT(?:, rate unknown| (-?[\d.]+) %) +(\?|-?[\d.]+) +(\?|-?[\d.]+) +(\?|-?[\d.]+)$`)
	roundingRow = regexp.MustCompile(`^ {2}rounding +(-?[\d.]+)$`)
	totalRow    = regexp.MustCompile(`^ {2}total, lines: \d+ +(\?|-?[\d.]+) +(\?|-?[\d.]+) +(\?|-?[\d.]+)`)
)

func ofText(text string) shownFigures {
	var f shownFigures
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if m := lineRow.FindStringSubmatch(line); m != nil {
			f.Lines = append(f.Lines, m[1]+": "+m[2]+" "+m[3])
		} else if m := rateRow.FindStringSubmatch(line); m != nil {
			f.ByRate = append(f.ByRate, strings.Join(m[1:], " "))
		} else if m := roundingRow.FindStringSubmatch(line); m != nil {
			f.Rounding = m[1]
		} else if m := totalRow.FindStringSubmatch(line); m != nil {
			f.Total = strings.Join(m[1:], " ")
		}
	}
	return f
}

func ofRecord(t *testing.T, text string) shownFigures {
	t.Helper()
	var record struct {
		Lines []struct {
			Totals trade.Amounts `json:"totals"`
		} `json:"lines"`
		Totals trade.Totals `json:"totals"`
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	require.NoError(t, decoder.Decode(&record), text)
	var f shownFigures
	for i, line := range record.Lines {
		f.Lines = append(f.Lines, strconv.Itoa(i+1)+": "+amount(line.Totals.Net)+" "+amount(line.Totals.Gross))
	}
	totals := record.Totals
	if !totals.Payable.IsSet() {
		return f
	}
	for _, rate := range totals.ByRate {
		f.ByRate = append(f.ByRate, strings.Join([]string{rate.VATRate.String(), amount(rate.Net), amount(rate.VAT), amount(rate.Gross)}, " "))
	}
	if totals.Rounding.Sign() != 0 {
		f.Rounding = totals.Rounding.Fixed(2)
	}
	f.Total = strings.Join([]string{amount(totals.Net), amount(totals.VAT), amount(totals.Payable)}, " ")
	return f
}

// invoiceOf is a pack with an invoice, by the parts that matter here.
func invoiceOf(day, lines, summary string) string {
	return `<dat:dataPack version="2.0" id="t" ico="12345679" application="t" note="" xmlns:dat="http://www.stormware.cz/schema/version_2/data.xsd" xmlns:inv="http://www.stormware.cz/schema/version_2/invoice.xsd" xmlns:typ="http://www.stormware.cz/schema/version_2/type.xsd">
<dat:dataPackItem version="2.0" id="i"><inv:invoice version="2.0"><inv:invoiceHeader><inv:invoiceType>issuedInvoice</inv:invoiceType><inv:date>` + day + `</inv:date></inv:invoiceHeader>
<inv:invoiceDetail>` + lines + `</inv:invoiceDetail><inv:invoiceSummary>` + summary + `</inv:invoiceSummary></inv:invoice></dat:dataPackItem></dat:dataPack>`
}

func itemOf(rate, prices string) string {
	return `<inv:invoiceItem><inv:text>Stůl</inv:text><inv:quantity>1</inv:quantity>` + rate + `<inv:homeCurrency>` + prices + `</inv:homeCurrency></inv:invoiceItem>`
}

func homeOf(sums string) string { return `<inv:homeCurrency>` + sums + `</inv:homeCurrency>` }

func pricesOf(unit, net, tax, gross string) string {
	var b strings.Builder
	for _, price := range [][2]string{{"unitPrice", unit}, {"price", net}, {"priceVAT", tax}, {"priceSum", gross}} {
		if price[1] != "" {
			b.WriteString("<typ:" + price[0] + ">" + price[1] + "</typ:" + price[0] + ">")
		}
	}
	return b.String()
}

// TestWhatIsShown: stated sums before computed ones, and nothing made up.
func TestWhatIsShown(t *testing.T) {
	high, gross := `<inv:rateVAT>high</inv:rateVAT>`, `<inv:payVAT>true</inv:payVAT><inv:rateVAT>high</inv:rateVAT>`
	sums := func(net, tax, gross string) string {
		return homeOf(`<typ:priceHigh>` + net + `</typ:priceHigh><typ:priceHighVAT>` + tax + `</typ:priceHighVAT><typ:priceHighSum>` + gross + `</typ:priceHighSum>`)
	}
	for name, c := range map[string]struct {
		pack   string
		want   shownFigures
		issues []string
	}{
		"nothing is stated": {invoiceOf("2026-03-02", itemOf(high, pricesOf("100", "", "", "")), ""),
			shownFigures{[]string{"1: 100.00 121.00"}, []string{"21 100.00 21.00 121.00"}, "", "100.00 21.00 121.00"}, nil},
		"all is stated and right": {invoiceOf("2026-03-02", itemOf(high, pricesOf("100", "100", "21", "121")), sums("100", "21", "121")),
			shownFigures{[]string{"1: 100.00 121.00"}, []string{"21 100.00 21.00 121.00"}, "", "100.00 21.00 121.00"}, nil},
		"the total is another": {invoiceOf("2026-03-02", itemOf(high, pricesOf("600.25", "", "", "")), sums("600.25", "126", "726.25")),
			shownFigures{[]string{"1: 600.25 726.30"}, []string{"21 600.25 126.00 726.25"}, "", "600.25 126.00 726.25"},
			[]string{"stated-differs totals.gross 726.25"}},
		"the net of a line alone": {invoiceOf("2026-03-02", itemOf(high, pricesOf("100", "100", "", "")), ""),
			shownFigures{[]string{"1: 100.00 121.00"}, []string{"21 100.00 21.00 121.00"}, "", "100.00 21.00 121.00"}, nil},
		"another net of a line alone": {invoiceOf("2026-03-02", itemOf(high, pricesOf("100", "90", "", "")), ""),
			shownFigures{[]string{"1: 90.00 ?"}, []string{"21 100.00 21.00 121.00"}, "", "100.00 21.00 121.00"},
			[]string{"stated-differs lines[0].totals.net 90.00"}},
		"less than half a hundredth": {invoiceOf("2026-03-02", itemOf(high, pricesOf("100", "100.004", "21", "121.004")), ""),
			shownFigures{[]string{"1: 100.00 121.00"}, []string{"21 100.00 21.00 121.00"}, "", "100.00 21.00 121.00"}, nil},
		"history without a percent": {invoiceOf("2026-03-02", itemOf(`<inv:rateVAT>historyHigh</inv:rateVAT>`, pricesOf("100", "", "", "")), ""),
			shownFigures{Lines: []string{"1: ? ?"}}, []string{"totals-unknown  "}},
		"history without a percent, stated": {invoiceOf("2026-03-02", itemOf(`<inv:rateVAT>historyHigh</inv:rateVAT>`, pricesOf("100", "100", "19", "119")), sums("100", "19", "119")),
			shownFigures{[]string{"1: 100.00 119.00"}, []string{" 100.00 19.00 119.00"}, "", "100.00 19.00 119.00"}, nil},
		"2010": {invoiceOf("2010-05-10", itemOf(high, pricesOf("100", "", "", "")), ""),
			shownFigures{[]string{"1: 100.00 120.00"}, []string{"20 100.00 20.00 120.00"}, "", "100.00 20.00 120.00"}, nil},
		"a day before all rates, stated": {invoiceOf("2003-05-10", itemOf(high, pricesOf("100", "100", "22", "122")), sums("100", "22", "122")),
			shownFigures{[]string{"1: 100.00 122.00"}, []string{" 100.00 22.00 122.00"}, "", "100.00 22.00 122.00"}, nil},
		"the coefficient of 2018": {invoiceOf("2018-06-15", itemOf(gross, pricesOf("1999", "1651.97", "347.03", "1999")), ""),
			shownFigures{[]string{"1: 1651.97 1999.00"}, []string{"21 1651.97 347.03 1999.00"}, "", "1651.97 347.03 1999.00"}, nil},
		"the coefficient of June 2019": {invoiceOf("2019-06-15", itemOf(gross, pricesOf("1999", "1651.97", "347.03", "1999")), ""),
			shownFigures{[]string{"1: 1651.97 1999.00"}, []string{"21 1651.97 347.03 1999.00"}, "", "1651.97 347.03 1999.00"}, nil},
		"the coefficient of October 2019": {invoiceOf("2019-10-01", itemOf(gross, pricesOf("1999", "1651.97", "347.03", "1999")), ""),
			shownFigures{[]string{"1: 1651.97 1999.00"}, []string{"21 1652.07 346.93 1999.00"}, "", "1652.07 346.93 1999.00"},
			[]string{"stated-differs lines[0].totals.net 1651.97"}},
		"the coefficient, as the file says": {invoiceOf("2026-03-02", itemOf(gross, pricesOf("1999", "", "", "")), `<inv:typeCalculateVATInclusivePrice>VATOriginalMethod</inv:typeCalculateVATInclusivePrice>`),
			shownFigures{[]string{"1: 1651.97 1999.00"}, []string{"21 1651.97 347.03 1999.00"}, "", "1651.97 347.03 1999.00"}, nil},
		"third in 2016": {invoiceOf("2016-03-02", itemOf(`<inv:rateVAT>third</inv:rateVAT>`, pricesOf("100", "", "", "")), ""),
			shownFigures{[]string{"1: 100.00 110.00"}, []string{"10 100.00 10.00 110.00"}, "", "100.00 10.00 110.00"}, []string{"vat-third-read  "}},
		"price3 in 2016": {invoiceOf("2016-03-02", "", homeOf(`<typ:price3>100</typ:price3><typ:price3VAT>10</typ:price3VAT><typ:price3Sum>110</typ:price3Sum>`)),
			shownFigures{nil, []string{"10 100.00 10.00 110.00"}, "", "100.00 10.00 110.00"}, []string{"vat-third-read  "}},
		"sums alone": {invoiceOf("2010-05-10", "", sums("7561.86", "1512.37", "9074.23")),
			shownFigures{nil, []string{"20 7561.86 1512.37 9074.23"}, "", "7561.86 1512.37 9074.23"}, nil},
		"nothing at all": {invoiceOf("2026-03-02", "", ""), shownFigures{}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			issues, err := flow.Show(configOf(t, "CZ"), "-", strings.NewReader(c.pack), func(s *flow.Shown) error {
				var text, record strings.Builder
				PrintRecord(&text, s, diag.English)
				require.NoError(t, s.JSON(&record))
				assert.Equal(t, c.want, ofText(text.String()), text.String())
				assert.Equal(t, c.want, ofRecord(t, record.String()), record.String())
				return nil
			})
			require.NoError(t, err)
			for _, issue := range issues {
				got = append(got, strings.Join([]string{string(issue.Code), issue.Path, issue.Value}, " "))
			}
			assert.Equal(t, c.issues, got)
		})
	}
}

// TestSlovakFieldsTellTheCountry, wherever in the file they stand.
func TestSlovakFieldsTellTheCountry(t *testing.T) {
	third := itemOf(`<inv:rateVAT>third</inv:rateVAT>`, pricesOf("100", "", "", ""))
	for name, c := range map[string]struct {
		pack    string
		country string
		origin  flow.CountryOrigin
	}{
		"third":                 {invoiceOf("2026-03-02", third, ""), "SK", flow.CountryRead},
		"third of Czech years":  {invoiceOf("2016-03-02", third, ""), "CZ", flow.CountryAssumed},
		"price3":                {invoiceOf("2026-03-02", "", homeOf(`<typ:price3>5</typ:price3>`)), "SK", flow.CountryRead},
		"price3 of nought":      {invoiceOf("2026-03-02", "", homeOf(`<typ:price3>0.00</typ:price3>`)), "CZ", flow.CountryAssumed},
		"icDph":                 {strings.Replace(invoiceOf("2016-03-02", third, ""), "</inv:date>", `</inv:date><inv:partnerIdentity><typ:address><typ:icDph>SK2222222270</typ:icDph></typ:address></inv:partnerIdentity>`, 1), "SK", flow.CountryRead},
		"icDph without a value": {strings.Replace(invoiceOf("2016-03-02", third, ""), "</inv:date>", `</inv:date><inv:partnerIdentity><typ:address><typ:icDph/></typ:address></inv:partnerIdentity>`, 1), "CZ", flow.CountryAssumed},
		"classificationKVDPH":   {strings.Replace(invoiceOf("2016-03-02", third, ""), "</inv:date>", `</inv:date><inv:classificationKVDPH><typ:ids>A1</typ:ids></inv:classificationKVDPH>`, 1), "SK", flow.CountryRead},
		"nothing":               {invoiceOf("2026-03-02", "", ""), "CZ", flow.CountryAssumed},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := flow.Show(config.Default(), "-", strings.NewReader(c.pack), func(s *flow.Shown) error {
				assert.Equal(t, c.country, s.Country)
				assert.Equal(t, c.origin, s.Origin)
				return nil
			})
			require.NoError(t, err)
			_, err = flow.Show(configOf(t, "CZ"), "-", strings.NewReader(c.pack), func(s *flow.Shown) error {
				assert.Equal(t, "CZ", s.Country, "what is configured holds")
				assert.Equal(t, flow.CountrySet, s.Origin)
				return nil
			})
			require.NoError(t, err)
		})
	}
}
