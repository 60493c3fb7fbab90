namespace TrainingPortal.Credentials.Pdf;

/// <summary>
/// The reading order of the page for screen readers: a list of headings, paragraphs and figures, each tied to the
/// marked content on the page that bears its number.
/// </summary>
internal sealed class DocumentTags
{
    private readonly List<Tag> _tags = [];

    /// <summary>A part of the page that can be opened, with its place in points from the lower left corner.</summary>
    public sealed record LinkTarget(string Address, PageArea Area);

    private sealed record Tag(string Type, string? Description, PageArea? Area, LinkTarget? Target);

    /// <returns>The number of the marked content.</returns>
    public int AddText(string type) => Add(new Tag(type, null, null, null));

    /// <returns>The number of the marked content.</returns>
    public int AddFigure(string description, PageArea area) => Add(new Tag("Figure", description, area, null));

    /// <returns>The number of the marked content.</returns>
    public int AddLink(string description, LinkTarget target) => Add(new Tag("Link", description, null, target));

    /// <summary>Writes the tree of tags and the links of the page.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="page">The object number of the page.</param>
    /// <param name="language">Language tag of the page.</param>
    /// <param name="field">The field of the signature, last in the order of reading; null where there is none.</param>
    /// <returns>The object numbers of the tree's root, and of the page's links and field.</returns>
    public (int Root, List<int> Annotations) WriteTo(PdfWriter writer, int page, string language, SignatureField? field)
    {
        var root = writer.Reserve();
        var document = writer.Reserve();
        var elements = _tags.Select(_ => writer.Reserve()).ToList();
        var annotations = new List<int>();
        // Key 0 finds the owners of the page's marked content; each link has a key of its own after it.
        var parents = "0 " + PdfSyntax.References(elements);
        for (var number = 0; number < _tags.Count; number++)
        {
            var tag = _tags[number];
            var content = PdfSyntax.Number(number);
            if (tag.Target is { } target)
            {
                var key = PdfSyntax.Number(annotations.Count + 1);
                var annotation = writer.Add($"""
                    << /Type /Annot /Subtype /Link /Rect [{target.Area}] /Border [0 0 0] /F 4 /StructParent {key}
                    /Contents {PdfSyntax.Text(tag.Description!)}
                    /A << /Type /Action /S /URI /URI {PdfSyntax.Ascii(target.Address)} >> >>
                    """);
                annotations.Add(annotation);
                parents += $" {key} {PdfSyntax.Reference(elements[number])}";
                content = $"[{content} << /Type /OBJR /Obj {PdfSyntax.Reference(annotation)} >>]";
            }

            var description = tag.Description is null || tag.Target is not null ? "" : " /Alt " + PdfSyntax.Text(tag.Description);
            var area = tag.Area is null ? "" : $" /A << /O /Layout /Placement /Block /BBox [{tag.Area}] >>";
            writer.WriteObject(elements[number], $"""
                << /Type /StructElem /S /{tag.Type} /P {PdfSyntax.Reference(document)}
                /Pg {PdfSyntax.Reference(page)} /K {content}{description}{area} >>
                """);
        }

        if (field is not null)
        {
            field.ParentKey = annotations.Count + 1;
            annotations.Add(field.ObjectNumber);
            var element = writer.Add($"""
                << /Type /StructElem /S /Form /P {PdfSyntax.Reference(document)} /Pg {PdfSyntax.Reference(page)}
                /K << /Type /OBJR /Obj {PdfSyntax.Reference(field.ObjectNumber)} >> /Alt {PdfSyntax.Text(field.Description)} >>
                """);
            elements.Add(element);
            parents += $" {PdfSyntax.Number(field.ParentKey)} {PdfSyntax.Reference(element)}";
        }

        writer.WriteObject(document, $"""
            << /Type /StructElem /S /Document /P {PdfSyntax.Reference(root)}
            /Lang {PdfSyntax.Text(language)} /K {PdfSyntax.References(elements)} >>
            """);
        writer.WriteObject(root, $"""
            << /Type /StructTreeRoot /K [{PdfSyntax.Reference(document)}]
            /ParentTree << /Nums [{parents}] >> /ParentTreeNextKey {PdfSyntax.Number(annotations.Count + 1)} >>
            """);
        return (root, annotations);
    }

    private int Add(Tag tag)
    {
        _tags.Add(tag);
        return _tags.Count - 1;
    }
}
