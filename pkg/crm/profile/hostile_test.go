package profile

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// A profile within the limits of YAML takes seconds at most, however much is
// wrong with it.
func TestHostileProfiles(t *testing.T) {
	many := func(head, line string, n int) string {
		text := &strings.Builder{}
		text.WriteString(small + head)
		for i := range n {
			fmt.Fprintf(text, line, i)
		}
		return text.String()
	}
	word := strings.Repeat("x", 20_000)
	for name, text := range map[string]string{
		"variables":              many("vars:\n", "  v%d: r.x\n", 9000),
		"variables of variables": many("vars:\n  v: r.x\n", "  w%d: v\n", 9000),
		"unknown names":          many("vars:\n", "  v%d: w.x\n", 9000),
		"unknown fields":         many("", "  customer.v%d: r.x\n", 9000),
		"unknown keys":           many("", "", 0) + many("", "k%d: 1\n", 9000)[len(small):],
		"long unknown keys":      many("", word+"%d: 1\n", 40),
		"long unknown names":     many("vars:\n  "+word[:8000]+": r.x\n", "  v%d: "+word[:8001]+"\n", 40),
		"wrong types":            many("maps:\n", "  m%d: [a]\n", 9000),
		"lookups":                many("lookups:\n", "  m%d: {}\n", 9000),
		"expressions":            many("vars:\n", "  v%d: 'map(r.a, first(.b, .c, (((1))))) '\n", 3000),
	} {
		start := time.Now()
		p, issues := ReadProfile([]byte(text), "own.yaml")
		if !issues.Refused() {
			issues = p.Compile()
		}
		t.Log(name, len(text), time.Since(start), len(issues))
		assert.Less(t, time.Since(start), 20*time.Second, name)
	}
}
