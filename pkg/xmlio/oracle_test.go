package xmlio

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/oracle"
)

// wellFormed are the documents that mutants are made from.
var wellFormed = []string{
	`<?xml version="1.0" encoding="UTF-8"?>
<!-- pack -->
<dat:dataPack version="2.0" xmlns:dat="` + version2 + `data.xsd" xmlns:o="` + orders + `" note='"č"'>
	<dat:dataPackItem id="&lt;1&gt;&#10;"><o:order>
		<o:text>Židle &amp; stůl &#x10D; > ]]</o:text><o:note/><?p x?>
		<o:text><![CDATA[<&]]>x<!-- c --></o:text>
	</o:order></dat:dataPackItem>
</dat:dataPack>`,
	`<a xmlns="urn:1" xmlns:p="urn:2" p:b='1' b="2"><b xmlns=""><c p:d="&quot;"/></b>x<p:c xmlns:p="urn:3"/></a>` + "\r\n",
	"<?xml version='1.0' encoding='Windows-1250' standalone='yes' ?>\r\n<a b='\t1\r\n2'>\xE8\r\n<b>\xE8&#13;</b></a><!--x--><?y z?>",
}

// scraps are what a mutation puts in.
var scraps = []string{
	"<", ">", "&", "\"", "'", "/", "=", ":", "!", "-", "?", "[", "]", ";", "#", " ", "\n", "\r", "\t", "\x00", "\x0b", "x", "1", ".", "č", "\xE8",
	"\uFEFF", "\uFFFE", "\u00D7", "<!--", "-->", "--", "<![CDATA[", "]]>", "<?", "?>", "<?xml version='1.0'?>", "&amp;", "&#0;", "&#x9;", "&x;",
	"xmlns:q='u'", " xmlns=''", " b='3'", "<q:b/>", "<b>", "</b>", "</a>", "<b/>", "<!DOCTYPE a>", "\xFF",
}

// mutant changes a document in one to three places.
func mutant(rng *rand.Rand, document string) string {
	for range 1 + rng.IntN(3) {
		i := rng.IntN(len(document) + 1)
		j := min(len(document), i+rng.IntN(4))
		switch rng.IntN(4) {
		case 0:
			document = document[:i] + document[j:]
		case 1:
			document = document[:j] + document[i:]
		default:
			j = min(j, i+rng.IntN(2))
			document = document[:i] + scraps[rng.IntN(len(scraps))] + document[j:]
		}
	}
	return document
}

func mutants(t *testing.T, n int) []string {
	rng := rand.New(rand.NewPCG(oracle.Seed(t, 1), 2))
	documents := slices.Clone(wellFormed)
	for len(documents) < n {
		documents = append(documents, mutant(rng, wellFormed[len(documents)%len(wellFormed)]))
	}
	return documents
}

// TestAgainstEncodingXML: what both accept gives the same tokens. Who accepts what
// is left to xmllint: encoding/xml takes much that is wrong, and refuses some
// white space in declarations and the names of the fifth edition.
func TestAgainstEncodingXML(t *testing.T) {
	compared := 0
	for _, document := range mutants(t, 6000) {
		ours, err := uriTokens(scan(document))
		if err != nil {
			continue
		}
		theirs, err := theirTokens(document)
		if err != nil {
			continue
		}
		compared++
		require.Equal(t, theirs, ours, "%q", document)
	}
	assert.Greater(t, compared, 500)
}

// TestReferenceFiles: documents of the wild, and their schemas, where the
// reference is present.
func TestReferenceFiles(t *testing.T) {
	dir := oracle.Reference(t)
	for _, pattern := range []string{"pohoda/samples/*.xml", "pohoda/xsd/*.xsd"} {
		names, err := filepath.Glob(filepath.Join(dir, pattern))
		require.NoError(t, err)
		require.NotEmpty(t, names)
		for _, name := range names {
			t.Run(filepath.Base(name), func(t *testing.T) {
				file, err := os.ReadFile(name)
				require.NoError(t, err)
				ours, err := uriTokens(NewScanner(bytes.NewReader(file), name, house))
				if strings.HasPrefix(filepath.Base(name), "jakkappro__allTypes") {
					require.Equal(t, CodeOutsideRoot, diag.As(err).Code, "several documents in one file")
					return
				}
				require.NoError(t, err)
				theirs, err := theirTokens(string(file))
				require.NoError(t, err)
				assert.Equal(t, theirs, ours)
			})
		}
	}
}

// blanks makes the white space of values alike, which encoding/xml leaves as it
// is in the file.
var blanks = strings.NewReplacer("\t", " ", "\n", " ", "\r", " ")

func uriTokens(s *Scanner) ([]string, error) {
	full := func(n Name) string {
		if foreign(n.Space) {
			return blanks.Replace(uri(n.Space)) + " " + n.Local
		}
		return house.URI(n.Space) + " " + n.Local
	}
	var out []string
	for {
		kind, err := s.Next()
		switch {
		case errors.Is(err, io.EOF):
			return out, nil
		case err != nil:
			return nil, err
		case kind == Text:
			out = append(out, string(s.Text()))
		case kind == End:
			out = append(out, "</"+full(s.Name()))
		default:
			out = append(out, "<"+full(s.Name()))
			for _, a := range s.Attrs() {
				out = append(out, full(a.Name)+"="+blanks.Replace(a.Value))
			}
		}
	}
}

func theirTokens(document string) ([]string, error) {
	d := xml.NewDecoder(strings.NewReader(strings.TrimPrefix(document, "\uFEFF")))
	d.CharsetReader = func(label string, r io.Reader) (io.Reader, error) {
		e, ok := charset.Lookup(label)
		if !ok {
			return nil, errors.ErrUnsupported
		}
		return charset.NewReader(r, e), nil
	}
	var out []string
	depth, text := 0, ""
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		if chars, ok := token.(xml.CharData); ok && depth > 0 {
			text += string(chars)
		}
		start, isStart := token.(xml.StartElement)
		end, isEnd := token.(xml.EndElement)
		if (isStart || isEnd) && text != "" {
			out, text = append(out, text), ""
		}
		if isEnd {
			depth--
			out = append(out, "</"+blanks.Replace(end.Name.Space)+" "+end.Name.Local)
		}
		if isStart {
			depth++
			out = append(out, "<"+blanks.Replace(start.Name.Space)+" "+start.Name.Local)
			for _, a := range start.Attr {
				if a.Name.Space != "xmlns" && a.Name != (xml.Name{Local: "xmlns"}) {
					out = append(out, blanks.Replace(a.Name.Space+" "+a.Name.Local+"="+a.Value))
				}
			}
		}
	}
}

// TestAgainstXmllint: libxml2 accepts and refuses the same documents, where
// neither a limit nor a rule of ours decides.
func TestAgainstXmllint(t *testing.T) {
	xmllint := oracle.XMLLint(t)
	documents := mutants(t, 3000)
	for _, c := range refused {
		if len(c.document) < maxName {
			documents = append(documents, c.document)
		}
	}
	wrong := verdicts(t, xmllint, documents)
	for i, document := range documents {
		_, err := told(scan(document))
		if err == nil {
			assert.Empty(t, wrong[i], "%q", document)
			continue
		}
		switch code := diag.As(err).Code; {
		case code == CodeDoctype, code == CodeUnknownEncoding, code == CodeEncodingMismatch:
		case strings.Contains(document, "\x00"):
			// libxml2 takes a NUL behind the root for the end of the document.
		case code == CodeDeclaration && !strings.Contains(document, "'1.0'") && !strings.Contains(document, `"1.0"`):
			// libxml2 reads a document of another version 1.x as one of 1.0.
		default:
			assert.NotEmpty(t, wrong[i], "%q: %v", document, err)
		}
	}
}

// verdicts gives what xmllint says against each document, "" for nothing.
func verdicts(t *testing.T, xmllint string, documents []string) map[int]string {
	dir := t.TempDir()
	wrong := map[int]string{}
	for first := 0; first < len(documents); first += 500 {
		args := []string{"--noout", "--nonet"}
		for i, document := range documents[first:min(first+500, len(documents))] {
			name := filepath.Join(dir, fmt.Sprintf("%d.xml", first+i))
			require.NoError(t, os.WriteFile(name, []byte(document), 0o600))
			args = append(args, name)
		}
		var said bytes.Buffer
		command := exec.CommandContext(t.Context(), xmllint, args...)
		command.Stderr = &said
		_ = command.Run() // its exit code is that of the worst file
		for lines := bufio.NewScanner(&said); lines.Scan(); {
			var i int
			line, found := strings.CutPrefix(lines.Text(), dir+string(filepath.Separator))
			if _, err := fmt.Sscanf(line, "%d.xml:", &i); found && err == nil && strings.Contains(line, " error : ") &&
				!strings.Contains(line, "is not a valid URI") {
				wrong[i] = line
			}
		}
	}
	return wrong
}
