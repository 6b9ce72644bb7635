package crm

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/crm/expression"
	"github.com/gopohoda/pohoda/pkg/crm/profile"
	"github.com/gopohoda/pohoda/pkg/diag"
)

const otherCompany = `{"id": 7, "name": "Příklad Slezsko a.s.", "regNumber": "77777778", "primaryAddress": {"address": {"city": "Opava"}}}`

func TestFurtherRecordsInAnyForm(t *testing.T) {
	const company = `{"id": 45, "name": "Truhlárna Vzorová s.r.o.", "regNumber": "22222227", "primaryAddress": {"address": {"city": "Brno", "country": "Česko"}}}`
	for name, text := range map[string]string{
		"detail.json": `{"success": true, "data": ` + company + `}`,
		"bare.json":   company,
		"array.json":  "[" + otherCompany + ", " + company + "]",
		"lines.json":  otherCompany + "\n" + company + "\n",
		"answer.json": `{"data": [` + otherCompany + ", " + company + `]}`,
		"bom.json":    "\uFEFF" + company,
	} {
		d, issues := readOne(t, examples+"raynet/deal.json", Options{With: []string{fileOf(t, name, text)}})
		assert.Empty(t, issues, name)
		assert.Equal(t, "Brno", d.Customer.Address.City, name)
		assert.Equal(t, "CZ", string(d.Customer.Address.Country), name)
	}
}

func TestWhatIsNotGiven(t *testing.T) {
	d, issues := readOne(t, examples+"raynet/deal.json", Options{})
	assert.Equal(t, []diag.Code{profile.CodeLookupNoFile}, codes(issues))
	assert.Equal(t, diag.Warning, issues[0].Severity)
	assert.Equal(t, "Truhlárna Vzorová s.r.o.", d.Customer.Name, "the deal names its customer itself")
	assert.Empty(t, d.Customer.Address)

	_, issues = readOne(t, examples+"raynet/deal.json", Options{With: []string{fileOf(t, "other.json", otherCompany)}})
	assert.Equal(t, []diag.Code{profile.CodeLookupMissing}, codes(issues))
	assert.Equal(t, "45", issues[0].Value)
	assert.Contains(t, issues[0].Error(), "GET /company/{id}/")
	assert.Contains(t, diag.English.Hint(issues[0]), "--with")

	// Without eWay's code lists neither currency nor VAT is known.
	results := resultsOf(t, examples+"eway/carts.json", Options{})
	require.Len(t, results, 1)
	refused := results[0].Issues.Of(diag.Error)
	assert.Equal(t, profile.CodeLookupNoFile, refused[0].Code)
	count := 0
	for _, code := range codes(results[0].Issues) {
		if code == profile.CodeLookupNoFile {
			count++
		}
	}
	assert.Equal(t, 2, count, "code lists and companies, each once")
}

func TestFilesThatNothingNeeds(t *testing.T) {
	needed, other := examples+"raynet/company.json", fileOf(t, "other.json", otherCompany)
	s, err := Open(examples+"raynet/deal.json", Options{With: []string{needed, other}})
	require.NoError(t, err)
	raw, err := s.Next()
	require.NoError(t, err)
	s.Decode(raw)
	require.Len(t, s.Findings(), 1)
	assert.Equal(t, profile.CodeWithUnused, s.Findings()[0].Code)
	assert.Equal(t, other, s.Findings()[0].Value)
}

func TestFilesThatCannotBeRead(t *testing.T) {
	for path, code := range map[string]diag.Code{
		"none.json":                                         canonical.CodeFileNotFound,
		fileOf(t, "cut.json", `{"id": 1`):                   canonical.CodeJSONCutOff,
		fileOf(t, "twice.json", `{"id": 1, "id": 2}`):       canonical.CodeJSONDuplicateKey,
		fileOf(t, "table.csv", "id;name\n1;x\n"):            profile.CodeWithNotJSON,
		fileOf(t, "picture.json", "\x89PNG\r\n\x1a\n"):      canonical.CodeWrongInputKind,
		fileOf(t, "deep.json", strings.Repeat("[", 100000)): canonical.CodeJSONTooDeep,
	} {
		_, err := Open(examples+"raynet/deal.json", Options{With: []string{path}})
		require.Error(t, err, path)
		assert.Equal(t, code, diag.As(err).Code, path)
	}
}

func TestProfileForAnotherKindOfFile(t *testing.T) {
	_, err := Open(examples+"csv/orders.csv", Options{Profile: "raynet-deal"})
	require.Error(t, err)
	assert.Equal(t, CodeProfileFormat, diag.As(err).Code)
	_, err = Open(examples+"raynet/deal.json", Options{Profile: "csv-orders"})
	require.Error(t, err)
	assert.Equal(t, CodeProfileFormat, diag.As(err).Code)
	_, err = Open(fileOf(t, "empty.csv", ""), Options{Profile: "csv-orders"})
	require.Error(t, err)
	assert.Equal(t, canonical.CodeInputEmpty, diag.As(err).Code)
}

// TestBlanksAroundAKey: two records are under one key whatever stands around it that
// nobody sees, and one such is found.
func TestBlanksAroundAKey(t *testing.T) {
	const company = `{"id": "45%s", "name": "Truhlárna Vzorová s.r.o.", "regNumber": "22222227", "primaryAddress": {"address": {"city": "%s"}}}`
	for _, around := range []string{" ", "\\t", "\u00a0", "\u200b", " \ufeff"} {
		one := strings.NewReplacer("45%s", around+"45"+around, "%s", "Brno").Replace(company)
		d, issues := readOne(t, examples+"raynet/deal.json", Options{With: []string{fileOf(t, "one.json", one)}})
		assert.Empty(t, issues.Of(diag.Error), "%q", around)
		assert.Equal(t, "Brno", d.Customer.Address.City, "%q", around)
		two := one + "\n" + strings.NewReplacer("45%s", "45", "%s", "Opava").Replace(company)
		result := resultsOf(t, examples+"raynet/deal.json", Options{With: []string{fileOf(t, "two.json", two)}})[0]
		assert.Contains(t, codes(result.Issues.Of(diag.Error)), expression.CodeLookupAmbiguous, "%q", around)
	}
}
