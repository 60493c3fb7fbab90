using System.Globalization;
using System.Net;
using System.Text;

namespace TrainingPortal.Benchmarks.Load;

/// <summary>
/// A form as a browser reads it from a page: its hidden fields, the values that may be chosen, and the button that Enter
/// presses. Only as much HTML is understood as the portal writes.
/// </summary>
internal sealed class PageForm
{
    private readonly string hidden;
    private readonly string? button;

    private PageForm(string? action, string hidden, string? button, string? slot, IReadOnlyList<string> choices)
    {
        Action = action;
        this.hidden = hidden;
        this.button = button;
        Slot = slot is null ? 0 : int.Parse(slot, CultureInfo.InvariantCulture);
        Choices = choices;
    }

    /// <summary>Where it is sent; none: to the address of its page.</summary>
    public string? Action { get; }

    /// <summary>The question's number, or 0 on any other form.</summary>
    public int Slot { get; }

    /// <summary>The values of the answers, empty on any other form.</summary>
    public IReadOnlyList<string> Choices { get; }

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

    /// <summary>What the browser sends, with one of the choices or none.</summary>
    public byte[] Body(string? choice)
    {
        var body = new StringBuilder(hidden, hidden.Length + 64);
        if (choice is not null)
        {
            body.Append("&Input.Answer=").Append(choice);
        }

        return Encoding.ASCII.GetBytes(body.Append(button).ToString());
    }

    private static PageForm Read(string? action, ReadOnlySpan<byte> form)
    {
        var hidden = new StringBuilder();
        string? button = null;
        string? slot = null;
        List<string> choices = [];
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
                if (name == "Input.Answer")
                {
                    choices.Add(value);
                    continue;
                }

                slot = name == "Input.Slot" ? value : slot;
                hidden.Append(hidden.Length == 0 ? "" : "&").Append(name).Append('=').Append(Uri.EscapeDataString(value));
            }
            else if (button is null && tag.StartsWith("<button"u8))
            {
                button = Attribute(tag, "name=\""u8) is { Length: > 0 } name ? $"&{name}={Uri.EscapeDataString(Attribute(tag, "value=\""u8))}" : "";
            }
        }

        return new PageForm(action, hidden.ToString(), button, slot, choices);
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
}
