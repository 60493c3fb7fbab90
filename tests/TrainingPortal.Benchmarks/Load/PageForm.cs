using System.Globalization;
using System.Net;
using System.Text;

namespace TrainingPortal.Benchmarks.Load;

/// <summary>
/// A form as a browser reads it from a page: its hidden fields, the fields of the answer, and the button that Enter presses.
/// Only as much HTML is understood as the portal writes.
/// </summary>
internal sealed class PageForm
{
    private readonly string hidden;
    private readonly string? button;
    private readonly IReadOnlyList<AnswerField> fields;

    private PageForm(string? action, string hidden, string? button, string? slot, IReadOnlyList<AnswerField> fields)
    {
        Action = action;
        this.hidden = hidden;
        this.button = button;
        Slot = slot is null ? 0 : int.Parse(slot, CultureInfo.InvariantCulture);
        this.fields = fields;
    }

    /// <summary>Where it is sent; none: to the address of its page.</summary>
    public string? Action { get; }

    /// <summary>The question's number, or 0 on any other form.</summary>
    public int Slot { get; }

    /// <param name="page">The page, in UTF-8.</param>
    /// <param name="name">The form's name, by which its handler is found.</param>
    /// <exception cref="BenchmarkFailedException">The page has no such form.</exception>
    public static PageForm Find(ReadOnlySpan<byte> page, string name)
    {
        Span<byte> mark = stackalloc byte[64];
        mark = mark[..Encoding.UTF8.GetBytes($"name=\"_handler\" value=\"{name}\"", mark)];
        var at = page.IndexOf(mark);
        if (at < 0)
        {
            throw new BenchmarkFailedException($"The page has no form \"{name}\":\n{Encoding.UTF8.GetString(page)}");
        }

        var form = page[page[..at].LastIndexOf("<form"u8)..];
        var action = Attribute(form[..form.IndexOf((byte)'>')], " action=\""u8);
        return Read(action.Length == 0 ? null : action, form[..form.IndexOf("</form>"u8)]);
    }

    /// <summary>Some answer to the question, whole wherever one press or number makes it whole; empty on any other form.</summary>
    public IReadOnlyList<(string Name, string Value)> Answer(Random random)
    {
        var answer = new List<(string, string)>();
        var shift = random.Next(1000);
        foreach (var group in fields.GroupBy(field => field.Group))
        {
            var field = group.First();
            switch (field.Kind)
            {
                case "radio" or "checkbox":
                    // What asks for a day or depths too is left to people.
                    string[] values = [.. group.SelectMany(option => option.Values).Where(value => value is not ("from" or "treat" or "defer"))];
                    answer.Add((field.Name, values[random.Next(values.Length)]));
                    break;
                case "select":
                    // Each list a different place, so that an order is one.
                    string[] places = [.. field.Values.Where(value => value.Length > 0)];
                    answer.Add((field.Name, places[shift++ % places.Length]));
                    break;
                case "date":
                    answer.Add((field.Name, ""));
                    break;
                default:
                    answer.Add((field.Name, random.Next(2) == 0 ? "0.5" : "1"));
                    break;
            }
        }

        return answer;
    }

    /// <summary>What the browser sends, with an answer or with none.</summary>
    public byte[] Body(IReadOnlyList<(string Name, string Value)> answer)
    {
        var body = new StringBuilder(hidden, hidden.Length + 64);
        foreach (var (name, value) in answer)
        {
            body.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return Encoding.ASCII.GetBytes(body.Append(button).ToString());
    }

    private static PageForm Read(string? action, ReadOnlySpan<byte> form)
    {
        var hidden = new StringBuilder();
        string? button = null;
        string? slot = null;
        List<AnswerField> fields = [];
        while (form.IndexOf((byte)'<') is var open and >= 0)
        {
            form = form[open..];
            var close = form.IndexOf((byte)'>');
            var tag = form[..(close < 0 ? form.Length : close)];
            form = form[tag.Length..];
            if (tag.StartsWith("<input"u8))
            {
                var name = Attribute(tag, "name=\""u8);
                var value = Attribute(tag, "value=\""u8);
                if (name is "Input.Answer" or "Input.Reason")
                {
                    // Buttons of one name belong together; every other field stands for itself.
                    var kind = Attribute(tag, "type=\""u8);
                    fields.Add(new AnswerField(name, kind, kind is "radio" or "checkbox" ? $"{kind} {name}" : $"{fields.Count}", [value]));
                    continue;
                }

                if (name.Length == 0)
                {
                    continue;
                }

                slot = name == "Input.Slot" ? value : slot;
                hidden.Append(hidden.Length == 0 ? "" : "&").Append(name).Append('=').Append(Uri.EscapeDataString(value));
            }
            else if (tag.StartsWith("<select"u8))
            {
                var options = form[..form.IndexOf("</select>"u8)];
                fields.Add(new AnswerField(Attribute(tag, "name=\""u8), "select", $"{fields.Count}", Options(options)));
                form = form[options.Length..];
            }
            else if (button is null && tag.StartsWith("<button"u8))
            {
                button = Attribute(tag, "name=\""u8) is { Length: > 0 } name ? $"&{name}={Uri.EscapeDataString(Attribute(tag, "value=\""u8))}" : "";
            }
        }

        return new PageForm(action, hidden.ToString(), button, slot, fields);
    }

    private static List<string> Options(ReadOnlySpan<byte> list)
    {
        List<string> options = [];
        while (list.IndexOf("<option"u8) is var at and >= 0)
        {
            list = list[(at + 1)..];
            options.Add(Attribute(list[..list.IndexOf((byte)'>')], "value=\""u8));
        }

        return options;
    }

    private static string Attribute(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> start)
    {
        var at = tag.IndexOf(start);
        if (at < 0)
        {
            return "";
        }

        var value = tag[(at + start.Length)..];
        return WebUtility.HtmlDecode(Encoding.UTF8.GetString(value[..value.IndexOf((byte)'"')]));
    }

    /// <param name="Group">The same for buttons of which one is pressed.</param>
    private sealed record AnswerField(string Name, string Kind, string Group, IReadOnlyList<string> Values);
}
