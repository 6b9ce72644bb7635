package xsd_test

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"

	oracle "github.com/jacoelho/xsd"
	"github.com/stretchr/testify/require"

	tests "github.com/gopohoda/pohoda/pkg/oracle"
)

// modeller makes random content models, in which no name stands twice, and
// sequences of elements that mostly follow them.
type modeller struct {
	*rand.Rand
	names int
}

type model struct {
	kind     string
	name     string
	min, max int
	items    []model
}

func (m *modeller) model(depth int) model {
	made := model{kind: "element", min: m.Intn(2), max: 1 + m.Intn(2)*m.Intn(3)}
	if depth > 0 && (depth == 3 || m.Intn(3) == 0) {
		made.kind = []string{"sequence", "choice"}[m.Intn(2)]
		for range 1 + m.Intn(4) {
			made.items = append(made.items, m.model(depth-1))
		}
		return made
	}
	m.names++
	made.name = fmt.Sprintf("e%d", m.names)
	return made
}

func (m model) String() string {
	occurs := fmt.Sprintf(` minOccurs="%d" maxOccurs="%d"`, m.min, m.max)
	if m.kind == "element" {
		return `<xs:element name="` + m.name + `" type="xs:string"` + occurs + `/>`
	}
	inside := ""
	for _, item := range m.items {
		inside += item.String()
	}
	return `<xs:` + m.kind + occurs + `>` + inside + `</xs:` + m.kind + `>`
}

// follow gives elements that the model takes.
func (m *modeller) follow(model model) []string {
	var elements []string
	for range model.min + m.Intn(model.max-model.min+1) {
		switch model.kind {
		case "element":
			elements = append(elements, "<"+model.name+"/>")
		case "choice":
			elements = append(elements, m.follow(model.items[m.Intn(len(model.items))])...)
		default:
			for _, item := range model.items {
				elements = append(elements, m.follow(item)...)
			}
		}
	}
	return elements
}

// err makes one mistake, or none.
func (m *modeller) err(elements []string) []string {
	if len(elements) == 0 || m.Intn(3) == 0 {
		return elements
	}
	i, j := m.Intn(len(elements)), m.Intn(len(elements))
	switch m.Intn(3) {
	case 0:
		return append(elements[:i:i], elements[i+1:]...)
	case 1:
		elements[i], elements[j] = elements[j], elements[i]
		return elements
	}
	return append(elements, elements[i])
}

func TestContentModels(t *testing.T) {
	m := &modeller{Rand: rand.New(rand.NewSource(int64(tests.Seed(t, seed))))}
	documents, valid := 0, 0
	for range 200 {
		m.names = 0
		model := m.model(3)
		inside := `<xs:element name="r"><xs:complexType>` + model.String() + `</xs:complexType></xs:element>`
		schema, err := schemaOf(inside)
		require.NoError(t, err, inside)
		text := `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:t" elementFormDefault="qualified">` + inside + `</xs:schema>`
		engine, err := oracle.Compile(oracle.Bytes("t.xsd", []byte(text)))
		if err != nil {
			continue // two repetitions in each other are ambiguous to the library
		}
		for range 30 {
			doc := `<r xmlns="urn:t">` + strings.Join(m.err(m.follow(model)), "") + `</r>`
			want := engine.Validate(strings.NewReader(doc)) == nil
			got, found := validate(schema, []byte(doc))
			require.Equal(t, want, got, "%s\n%s\n%v", inside, doc, found)
			documents++
			if want {
				valid++
			}
		}
	}
	t.Logf("%d documents, %d valid", documents, valid)
}
