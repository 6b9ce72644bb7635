package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// further holds agendas that the tool does not have, one Go file each, with their schemas
// and the scripts that drive every command over them.
const further = "../../testdata/further"

// furtherLines are what the schemas that all agendas share have to know of them, behind
// which line.
var furtherLines = map[string][][2]string{
	"data.xsd": {
		{"<xs:import ", importOf("voucher") + importOf("contract") + importOf("list_contract")},
		{`<xs:element ref="ord:order"/>`, elementOf("vch:voucher") + elementOf("con:contract") + elementOf("lst:listVoucherRequest") + elementOf("lCon:listContractRequest")},
	},
	"response.xsd": {
		{"<xs:import ", importOf("voucher") + importOf("contract") + importOf("list_contract")},
		{`<xs:element ref="ord:orderResponse"/>`, elementOf("vch:voucherResponse") + elementOf("con:contractResponse") + elementOf("lst:listVoucher") + elementOf("lCon:listContract")},
	},
	"list.xsd": {
		{"<xs:import ", importOf("voucher")},
		{"<!-- Orders -->", `
  <xs:element name="listVoucherRequest"><xs:complexType><xs:sequence><xs:element name="requestVoucher" type="ftr:requestVoucherType"/></xs:sequence></xs:complexType></xs:element>
  <xs:element name="listVoucher" type="lst:listVoucherType"/>
  <xs:complexType name="listVoucherType"><xs:complexContent><xs:extension base="rdc:listVersionType"><xs:sequence>
    <xs:element name="voucher" type="vch:voucherType" minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence></xs:extension></xs:complexContent></xs:complexType>`},
	},
	"filter.xsd": {
		{"<xs:complexType name=\"filterDocsType\">", ""},
	},
}

const stormware = "http://www.stormware.cz/schema/version_2/"

func importOf(schema string) string {
	return `<xs:import namespace="` + stormware + schema + `.xsd" schemaLocation="` + schema + `.xsd"/>`
}

func elementOf(name string) string { return `<xs:element ref="` + name + `"/>` }

// TestFurtherAgendas builds the tool with a further agenda of documents and one that holds
// none, and drives every command over them: an agenda is one Go file and lines of schemas.
func TestFurtherAgendas(t *testing.T) {
	folder := t.TempDir()
	list, err := json.Marshal(map[string]any{"Replace": furtherOverlay(t, folder)})
	require.NoError(t, err)
	listed := filepath.Join(folder, "overlay.json")
	require.NoError(t, os.WriteFile(listed, list, 0o600))
	binary := filepath.Join(folder, "further")
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	build := exec.Command("go", "build", "-overlay", listed, "-o", binary, ".")
	out, err := build.CombinedOutput()
	require.NoError(t, err, string(out))
	runScripts(t, further, "FURTHER="+binary)
}

// furtherOverlay lists the files with which the tool has the further agendas, by where the
// build looks for them. Schemas with further lines are written into a folder.
func furtherOverlay(t *testing.T, folder string) map[string]string {
	overlay := map[string]string{}
	replace := func(path, with string) {
		absolute, err := filepath.Abs(filepath.Join("../..", path))
		require.NoError(t, err)
		with, err = filepath.Abs(with)
		require.NoError(t, err)
		overlay[absolute] = with
	}
	goFiles, err := filepath.Glob(filepath.Join(further, "*.go"))
	require.NoError(t, err)
	require.Len(t, goFiles, 2)
	for _, file := range goFiles {
		replace("pkg/pohoda/"+filepath.Base(file), file)
	}
	schemas, err := filepath.Glob(filepath.Join(further, "*.xsd"))
	require.NoError(t, err)
	for _, file := range schemas {
		replace("schemas/"+filepath.Base(file), file)
	}
	for name, lines := range furtherLines {
		replace("schemas/"+name, withLines(t, folder, name, lines))
	}
	return overlay
}

// withLines writes a schema with further lines.
func withLines(t *testing.T, folder, name string, lines [][2]string) string {
	content, err := os.ReadFile(filepath.Join("../../schemas", name))
	require.NoError(t, err)
	text := strings.Replace(string(content), "<xs:schema ", `<xs:schema xmlns:vch="`+stormware+`voucher.xsd" xmlns:con="`+stormware+`contract.xsd" xmlns:lCon="`+stormware+`list_contract.xsd" `, 1)
	if name == "filter.xsd" {
		text = strings.Replace(text, "</xs:schema>", `<xs:complexType name="requestVoucherType"><xs:group ref="ftr:groupFilter_1"/></xs:complexType>`+
			`<xs:complexType name="requestContractType"><xs:group ref="ftr:groupFilter_1"/></xs:complexType></xs:schema>`, 1)
	}
	for _, l := range lines {
		before, after, found := strings.Cut(text, l[0])
		assert.True(t, found, "%s: %s", name, l[0])
		text = before + l[1] + l[0] + after
	}
	file := filepath.Join(folder, name)
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	return file
}
