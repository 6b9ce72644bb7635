package diag

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxWord is how long a word may be to be mistyped; the work grows by its square.
const maxWord = 100

// Nearest gives up to three of the candidates that are most like a word, best
// first: what a person probably meant. Nothing near gives nothing.
func Nearest(word string, candidates []string) []string {
	type scored struct {
		word     string
		distance int
	}
	var near []scored
	lower := strings.ToLower(word)
	for _, candidate := range candidates {
		// The distance is at least the difference of the lengths, which for a word
		// without end saves the work.
		length := utf8.RuneCountInString(candidate)
		limit := max(2, length/3)
		difference := utf8.RuneCountInString(lower) - length
		if length > maxWord || difference > limit || difference < -limit {
			continue
		}
		if d := distance(lower, strings.ToLower(candidate)); d <= limit {
			near = append(near, scored{candidate, d})
		}
	}
	slices.SortStableFunc(near, func(a, b scored) int { return a.distance - b.distance })
	var words []string
	for _, s := range near {
		if len(words) < 3 && !slices.Contains(words, s.word) {
			words = append(words, s.word)
		}
	}
	return words
}

// maxMeant is how many known words a hint lists when none of them is near.
const maxMeant = 12

// Meant names, for a hint, what a mistyped word was probably meant to be: the
// nearest of the known words, else all of them, of many the first and how many
// there are.
func Meant(word string, known []string) string { return MeantFirst(word, nil, known) }

// maxFirst is how many words a hint lists that come first.
const maxFirst = 48

// MeantFirst is Meant where some of the known words come first, and are all named
// when none is near: those that the user has chosen, as far as a person reads on. A
// word that is known twice is named once.
func MeantFirst(word string, first, others []string) string {
	known := unique(slices.Concat(first, others))
	named := min(len(unique(first)), maxFirst) + maxMeant
	if near := Nearest(word, known); len(near) > 0 {
		known = near
	}
	if len(known) > named {
		return strings.Join(known[:named], ", ") + fmt.Sprintf(", … (%d)", len(known))
	}
	return strings.Join(known, ", ")
}

// unique drops what is there twice, and keeps the order.
func unique(words []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(slices.Clone(words), func(word string) bool {
		twice := seen[word]
		seen[word] = true
		return twice
	})
}

// distance counts the insertions, deletions and replacements between two words
// (Levenshtein).
func distance(a, b string) int {
	left, right := []rune(a), []rune(b)
	row := make([]int, len(right)+1)
	for j := range row {
		row[j] = j
	}
	for i, l := range left {
		diagonal := row[0]
		row[0] = i + 1
		for j, r := range right {
			cost := 1
			if l == r {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j]+1, row[j+1]+1, diagonal+cost)
		}
	}
	return row[len(right)]
}
