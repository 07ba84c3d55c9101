package paper_test

import (
	"strings"
	"testing"

	"corkboard/notes/paper"
)

func TestFit(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name  string
		sheet paper.Sheet
		want  int
	}{
		{"a word", paper.Sheet{W: 200, H: 200, Text: "Go"}, 1},
		{"nothing", paper.Sheet{W: 200, H: 200}, 1},
		{"a sentence", paper.Sheet{W: 200, H: 200, Text: "Ask Sam about the numbers from last quarter"}, 3},
		{"many lines", paper.Sheet{W: 200, H: 200, Text: strings.Repeat("a\n", 7)}, 5},
		{"a long word", paper.Sheet{W: 200, H: 200, Text: "Donaudampfschiff"}, 4},
		{"a word no step holds", paper.Sheet{W: 200, H: 200, Text: strings.Repeat("x", 60)}, 5},
		{"far too much", paper.Sheet{W: 200, H: 200, Text: strings.Repeat("word ", 2000)}, 5},
		{"a note too small for any letter", paper.Sheet{W: 40, H: 40, Text: "Go"}, 5},
		{"a large note", paper.Sheet{W: 600, H: 400, Text: "Ask Sam about the numbers from last quarter"}, 1},
	}
	for _, c := range cases {
		if got := c.sheet.Fit(); got != c.want {
			t.Errorf("%s: Fit() = %d, want %d", c.name, got, c.want)
		}
	}
}

// The heights are those that Chromium measured.
func TestHeight(t *testing.T) {
	t.Parallel()
	const line = 21.0
	sentence := "We want the export to be faster than it is today, since people wait for it every Monday morning and go for coffee instead; some of them never come back. "
	cases := []struct {
		name  string
		sheet paper.Sheet
		want  float64
	}{
		{"nothing", paper.Sheet{W: 200}, 53},
		{"two sentences", paper.Sheet{W: 200, Text: strings.Repeat(sentence, 2)[:300]}, 344},
		{"many", paper.Sheet{W: 200, Text: strings.Repeat(sentence, 12)[:1500]}, 1654},
		{"lines", paper.Sheet{W: 200, Text: strings.Repeat("line\n", 13) + "line"}, 323},
		{"long words", paper.Sheet{W: 200, Text: strings.Repeat("Donaudampfschifffahrtsgesellschaftskapitän ", 9)}, 594},
		{"an address", paper.Sheet{W: 200, Text: "https://example.org/" + strings.Repeat("a/very/long/path/", 20)}, 386},
	}
	for _, c := range cases {
		if got := c.sheet.Height(); got < c.want || got > c.want+line {
			t.Errorf("%s: Height() = %g, want %g or a line more", c.name, got, c.want)
		}
	}
	linked := paper.Sheet{W: 200, Text: "line", HasLink: true}
	if got := linked.Height(); got != 83 {
		t.Errorf("with a link: Height() = %g", got)
	}
}

// The steps and heights are those that Chromium measured, with the fonts of Noto and DejaVu.
func TestOtherScriptsThanLatin(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name   string
		text   string
		fit    int
		height float64 // of six times the text
	}{
		{"Chinese", "我们希望导出速度比现在更快，因为每个星期一早上大家都要等很久，只好先去喝咖啡。", 4, 531},
		{"Japanese", "毎週月曜日の朝、みんなが待たされてコーヒーを飲みに行ってしまうので、エクスポートをもっと速くしたいです。「速さ」は大切。", 5, 781},
		{"Korean", "매주 월요일 아침마다 모두가 기다리다가 커피를 마시러 가기 때문에 내보내기를 더 빠르게 하고 싶습니다.", 4, 573},
		{"Thai", "เราอยากให้การส่งออกเร็วกว่าวันนี้ เพราะทุกเช้าวันจันทร์ผู้คนต้องรอและออกไปดื่มกาแฟแทน บางคนก็ไม่กลับมาอีกเลย", 4, 614},
		{"Hindi", "हम चाहते हैं कि निर्यात आज से तेज़ हो, क्योंकि हर सोमवार की सुबह लोग इंतज़ार करते हैं और कॉफ़ी पीने चले जाते हैं।", 4, 531},
		{"Arabic", "نريد أن يكون التصدير أسرع مما هو عليه اليوم، لأن الناس ينتظرون كل صباح يوم اثنين ويذهبون لشرب القهوة بدلاً من ذلك.", 5, 677},
		{"Hebrew", "אנחנו רוצים שהייצוא יהיה מהיר יותר מהיום, כי אנשים מחכים לו בכל יום שני בבוקר והולכים לשתות קפה במקום זה.", 5, 656},
		{"Russian", "Мы хотим, чтобы экспорт был быстрее, чем сегодня, потому что каждый понедельник утром люди ждут и уходят пить кофе.", 5, 926},
		{"emoji", "👩‍👩‍👧‍👦 🇩🇪🇯🇵 👍🏽 👩🏿‍🚀 ❤️ 1️⃣ 🏳️‍🌈 🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉", 3, 365},
		{"Japanese among Latin words", "Release 2.0 発売日は来週です see https://example.com ありがとう", 5, 427},
	}
	const line = 21.0
	for _, c := range cases {
		if got := (paper.Sheet{W: 200, H: 200, Text: c.text}).Fit(); got != c.fit {
			t.Errorf("%s: Fit() = %d, want %d", c.name, got, c.fit)
		}
		got := paper.Sheet{W: 200, Text: strings.Repeat(c.text, 6)}.Height()
		if got < c.height || got > c.height+line {
			t.Errorf("%s: Height() = %g, want %g or a line more", c.name, got, c.height)
		}
	}
	if got := (paper.Sheet{W: 200, H: 200, Text: "もっと速いエクスポート"}).Fit(); got != 1 {
		t.Errorf("a few words without spaces: Fit() = %d, want 1", got)
	}
}
