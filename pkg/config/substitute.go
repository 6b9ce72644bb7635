package config

import (
	"regexp"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
)

var variableName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// substitute replaces each ${NAME} by the variable's value. "$${" stands for
// the three characters "${" less the first; any other dollar sign is itself.
func substitute(text string, env map[string]string) (string, *diag.Issue) {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "${")
		if !found {
			b.WriteString(text)
			return b.String(), nil
		}
		if escaped, ok := strings.CutSuffix(before, "$"); ok {
			b.WriteString(escaped + "${")
			text = rest
			continue
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed || !variableName.MatchString(name) {
			return "", diag.New(CodeBadSubstitution).WithValue("${" + rest)
		}
		value, isSet := env[name]
		if !isSet {
			return "", diag.New(CodeUnsetVariable).WithValue(name)
		}
		b.WriteString(before + value)
		text = after
	}
}
