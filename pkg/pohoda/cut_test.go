package pohoda_test

import (
	"regexp"
)

var indices = regexp.MustCompile(`\[\d+\]`)
