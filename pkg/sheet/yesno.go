package sheet

import "github.com/gopohoda/pohoda/pkg/diag"

// yesNo are the words for yes and no, folded.
var yesNo = map[string]bool{
	"ano": true, "a": true, "yes": true, "y": true, "true": true, "pravda": true, "1": true, "plati": true, "x": true,
	"ne": false, "nie": false, "n": false, "no": false, "false": false, "nepravda": false, "0": false, "neplati": false,
}

// ParseBool reads yes or no in Czech, Slovak or English, in words, letters, 1
// and 0 or an x for yes. Anything else, an empty cell too, is bad-yes-no.
func ParseBool(s string) (bool, error) {
	yes, ok := yesNo[Fold(s)]
	if !ok {
		return false, diag.New(CodeBadYesNo).WithValue(s)
	}
	return yes, nil
}
