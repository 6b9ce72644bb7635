package diag

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

var placeholder = regexp.MustCompile(`\{[a-z][a-zA-Z0-9]*\}`)

func names(text string) []string {
	found := placeholder.FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func TestLanguagesSayTheSame(t *testing.T) {
	for tag, language := range Languages {
		for code, entry := range English.Entries {
			other, ok := language.Entries[code]
			if !assert.True(t, ok, "%s lacks %s", tag, code) {
				continue
			}
			assert.Equal(t, names(entry.Message), names(other.Message), "%s: message of %s", tag, code)
			assert.Equal(t, names(entry.Hint), names(other.Hint), "%s: hint of %s", tag, code)
		}
		for code := range language.Entries {
			assert.Contains(t, English.Entries, code, "only in %s", tag)
		}
		for name, phrase := range English.Phrases {
			assert.Contains(t, language.Phrases, name, tag)
			assert.Equal(t, names(phrase), names(language.Phrases[name]), "%s: phrase %s", tag, name)
		}
	}
}

func TestMessagesKeepTheHouseStyle(t *testing.T) {
	kebab := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	for tag, language := range Languages {
		for code, entry := range language.Entries {
			assert.Regexp(t, kebab, string(code))
			assert.NotEmpty(t, entry.Message, "%s: %s", tag, code)
			for _, text := range []string{entry.Message, entry.Hint} {
				assert.False(t, strings.HasSuffix(text, "."), "%s: %s ends with a full stop: %s", tag, code, text)
			}
		}
	}
}

func TestWhereInTheWordsOfALanguage(t *testing.T) {
	for _, c := range []struct{ record, path, english, czech string }{
		{"deal OP-1", "lines[1].vatRate", "deal OP-1, line 2, vatRate", "obchodní případ OP-1, řádek 2, sazba DPH"},
		{"order 7", "customer.registrationId", "order 7, customer.registrationId", "objednávka 7, odběratel, IČO"},
		{"order 7", "lines[0]", "order 7, line 1", "objednávka 7, řádek 1"},
		{"offer 1", "Číslo objednávky", "offer 1, Číslo objednávky", "nabídka 1, Číslo objednávky"},
		{"OP-1", "", "OP-1", "OP-1"},
		{"", "source.path", "source.path", "source.path"},
	} {
		issue := New("x").WithPath(c.path).WithRecord(c.record)
		assert.Equal(t, c.english, English.Where(issue))
		assert.Equal(t, c.czech, Czech.Where(issue))
	}
}
