package flow

import (
	"strconv"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// Rates is the table of VAT rates with the house's own periods.
func Rates(c *config.Config) vat.Rates {
	var own vat.Rates
	for _, r := range c.VAT.Rates {
		own = append(own, vat.Period{Country: r.Country, From: vat.Day(r.From), High: r.High, Low: r.Low, Third: r.Third})
	}
	return vat.Default.Merge(own)
}

// Settings says how documents are written for the unit and read from it.
func Settings(c *config.Config, encoding charset.Encoding) *pohoda.Settings {
	return &pohoda.Settings{
		Unit: pohoda.Unit{
			ICO: c.Unit.ICO, Country: c.Unit.Country, VATPayer: c.Unit.VATPayer,
			Key: c.Unit.Key, Period: c.Unit.Period,
		},
		Rates:       Rates(c),
		LinkPartner: c.Partner.Link == config.ByNumber,
		Fit:         fit(c, encoding),
	}
}

// checks says for which unit documents are checked, and how hard.
func checks(c *config.Config) trade.CheckSettings {
	return trade.CheckSettings{
		Country: c.Unit.Country, VATPayer: c.Unit.VATPayer, Rates: Rates(c),
		ICO: trade.Strictness(c.Checks.ICO), Totals: trade.Strictness(c.Checks.Totals),
	}
}

// fit says what happens to texts that do not fit.
func fit(c *config.Config, encoding charset.Encoding) fieldtable.Fit {
	f := fieldtable.Fit{Cut: c.Texts == config.Cut, Lacks: encoding.Lacks, Encoding: encoding.String()}
	switch c.Encoding.Unmappable {
	case config.Translit:
		f.Replace = encoding.Transliterate
	case config.CharRef:
		// The writer puts a reference (&#N;) for what the encoding lacks.
		f.Replace = func(text string) (string, []rune) { return text, nil }
	}
	return f
}

func itoa(n int) string { return strconv.Itoa(n) }
