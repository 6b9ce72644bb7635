package expression

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/sheet"
	"github.com/gopohoda/pohoda/pkg/trade"
)

func keep1(text string) string { return text }

// oneText makes a function of one text; what is absent stays absent.
func oneText(apply func(string) string) func(args ...any) (any, error) {
	return func(args ...any) (any, error) {
		text, err := TextOf(args[0])
		if err != nil || absent(args[0]) {
			return nil, err
		}
		return apply(text), nil
	}
}

func twoTexts(apply func(text, part string) string) func(args ...any) (any, error) {
	return func(args ...any) (any, error) {
		part, err := TextOf(args[1])
		if err != nil {
			return nil, err
		}
		return oneText(func(text string) string { return apply(text, part) })(args[0])
	}
}

// decOf reads a number as JSON writes it; people's notation is an error.
func decOf(args ...any) (any, error) {
	d, err := decimalOf(args[0])
	if err != nil || !d.IsSet() {
		return nil, err
	}
	return d, nil
}

// dateOf gives the day of a moment in ISO 8601, in the zone in which the source
// states it.
func dateOf(args ...any) (any, error) {
	text, err := TextOf(args[0])
	if err != nil || Blank(text) {
		return nil, err
	}
	text = strings.TrimSpace(text)
	if day, err := trade.ParseDate(text); err == nil {
		return day.String(), nil
	}
	moment, err := trade.ParseTime(text)
	if err != nil {
		return nil, diag.New(canonical.CodeBadDay).WithValue(canonical.Visible(text))
	}
	return moment.Date().String(), nil
}

// czDecOf reads a number as people write it.
func czDecOf(args ...any) (any, error) {
	text, err := TextOf(args[0])
	if err != nil || Blank(text) {
		return nil, err
	}
	d, err := sheet.ParseNumber(text)
	return d, err
}

// czDateOf reads a day as people write it.
func czDateOf(args ...any) (any, error) {
	text, err := TextOf(args[0])
	if err != nil || Blank(text) {
		return nil, err
	}
	day, err := sheet.ParseDate(text)
	if err != nil {
		return nil, err
	}
	return trade.DateOf(day).String(), nil
}

// firstOf gives the first value that says something.
func firstOf(args ...any) (any, error) {
	for _, value := range args {
		if !absent(value) {
			return value, nil
		}
	}
	return nil, nil
}

// requiredOf refuses a record that does not say what it must.
func requiredOf(args ...any) (any, error) {
	if absent(args[0]) {
		return nil, diag.New(CodeExpressionNothing)
	}
	return args[0], nil
}

// textsOf gives an object's simple values as texts, for the key custom.
func textsOf(args ...any) (any, error) {
	object, ok := args[0].(map[string]any)
	if !ok {
		return nil, wrongArgument(args[0], canonical.ObjectNode)
	}
	texts := map[string]any{}
	for _, key := range slices.Sorted(maps.Keys(object)) {
		if text, err := TextOf(object[key]); err == nil && !Blank(text) {
			texts[key] = text
		}
	}
	return texts, nil
}

// wrongArgument refuses a value of the wrong type; an absent one is no error.
func wrongArgument(value any, expected canonical.NodeKind) error {
	if absent(value) {
		return nil
	}
	return diag.New(CodeExpressionType, "expected", expected.String(), "found", TypeName(value))
}

// joinOf joins the parts that say something by a separator.
func joinOf(args ...any) (any, error) {
	separator, err := TextOf(args[0])
	if err != nil {
		return nil, err
	}
	var parts []string
	for _, value := range args[1:] {
		text, err := TextOf(value)
		if err != nil {
			return nil, err
		}
		if text = strings.TrimFunc(text, unicode.IsSpace); text != "" {
			parts = append(parts, text)
		}
	}
	return limitedJoin(parts, separator)
}

func replaceOf(args ...any) (any, error) {
	var texts [3]string
	for i := range texts {
		var err error
		if texts[i], err = TextOf(args[i]); err != nil {
			return nil, err
		}
	}
	// Each place may grow by the whole new text, so the limit comes first.
	if (strings.Count(texts[0], texts[1])+1)*len(texts[2]) > maxText {
		return nil, diag.New(CodeExpressionTooLong)
	}
	return limited(strings.ReplaceAll(texts[0], texts[1], texts[2]))
}

func splitOf(args ...any) (any, error) {
	text, err := TextOf(args[0])
	if err != nil || Blank(text) {
		return nil, err
	}
	separator, err := TextOf(args[1])
	if err != nil {
		return nil, err
	}
	var parts []any
	for part := range strings.SplitSeq(text, separator) {
		parts = append(parts, strings.TrimSpace(part))
	}
	return parts, nil
}

// concatOf joins lists; an absent one adds nothing.
func concatOf(args ...any) (any, error) {
	all := []any{}
	for _, value := range args {
		list, ok := value.([]any)
		if err := wrongArgument(value, canonical.ArrayNode); !ok && err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	return all, nil
}

// flattenOf joins the lists of a list.
func flattenOf(args ...any) (any, error) {
	lists, ok := args[0].([]any)
	if !ok {
		return nil, wrongArgument(args[0], canonical.ArrayNode)
	}
	return concatOf(lists...)
}

// metaOf finds the value of a key in a list of {key, value} objects, the way
// WooCommerce and others carry free fields. Two values that say something and
// differ are refused: which of them is meant nobody knows.
func metaOf(args ...any) (any, error) {
	list, ok := args[0].([]any)
	if !ok {
		return nil, wrongArgument(args[0], canonical.ArrayNode)
	}
	var found any
	for _, item := range list {
		object, ok := item.(map[string]any)
		if !ok || !Equal(object["key"], args[1]) || absent(object["value"]) {
			continue
		}
		if found == nil {
			found = object["value"]
		}
		if !Equal(found, object["value"]) {
			key, _ := TextOf(args[1])
			return nil, diag.New(CodeLookupAmbiguous, "what", "meta", "key", "key", "one", shortly(found), "other", shortly(object["value"])).WithValue(canonical.Visible(key))
		}
	}
	return found, nil
}

// shortly words a value for a message.
func shortly(value any) string {
	text, err := TextOf(value)
	if err != nil {
		return TypeName(value)
	}
	return strconv.Quote(text)
}

func roundOf(args ...any) (any, error) {
	d, err := numberOf(args[0])
	places, ok := args[1].(int)
	if err == nil && (!ok || places < 0 || places > divisionPlaces) {
		err = diag.New(CodeExpressionType, "expected", fmt.Sprintf("0–%d", divisionPlaces), "found", fmt.Sprint(args[1]))
	}
	return d.Round(int32(places)), err
}

func absOf(args ...any) (any, error) {
	d, err := numberOf(args[0])
	return d.Abs(), err
}

func sumOf(args ...any) (any, error) {
	list, ok := args[0].([]any)
	if !ok {
		return nil, wrongArgument(args[0], canonical.ArrayNode)
	}
	total := money.Zero
	for _, item := range list {
		d, err := numberOf(item)
		if err != nil {
			return nil, err
		}
		total = total.Add(d)
	}
	return bounded(total)
}

// isZeroOf tells whether a number is nought; what is absent is not.
func isZeroOf(args ...any) (any, error) {
	d, err := decimalOf(args[0])
	return err == nil && d.IsSet() && d.Sign() == 0, err
}
