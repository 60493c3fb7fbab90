using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace TrainingPortal.CourseFiles;

/// <summary>A value of a YAML file and where it starts.</summary>
internal abstract record YamlValue(FilePlace Place);

/// <summary>A single value.</summary>
/// <param name="Place">Where it starts.</param>
/// <param name="Text">What is written, without quotes.</param>
/// <param name="Plain">Written without quotes: only such a value can be a number or true or false.</param>
internal sealed record YamlText(FilePlace Place, string Text, bool Plain) : YamlValue(Place);

internal sealed record YamlList(FilePlace Place, IReadOnlyList<YamlValue> Values) : YamlValue(Place);

internal sealed record YamlMap(FilePlace Place, IReadOnlyList<YamlPair> Pairs) : YamlValue(Place);

internal sealed record YamlPair(string Key, FilePlace KeyPlace, YamlValue Value);

/// <summary>
/// Reads YAML into values that know their lines. YamlDotNet's own tree stops at the first key that is given twice; this
/// one keeps both, so that <see cref="YamlFields"/> can name it and go on.
/// </summary>
internal sealed class YamlTree
{
    private const int DeepestNesting = 20;

    private readonly Parser parser;
    private readonly string file;
    private readonly int lineOffset;
    private readonly FaultList faults;
    private int depth;

    private YamlTree(string text, string file, int firstLine, FaultList faults)
    {
        parser = new Parser(new StringReader(text));
        this.file = file;
        lineOffset = firstLine - 1;
        this.faults = faults;
    }

    /// <summary>The fields of the one map that a file holds; null, and a fault, where it is not YAML or not a map.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="file">Its file, for faults.</param>
    /// <param name="faults">Where faults go.</param>
    /// <param name="firstLine">The line of the file on which the text starts.</param>
    public static YamlFields? Read(string text, string file, FaultList faults, int firstLine = 1)
    {
        var tree = new YamlTree(text, file, firstLine, faults);
        try
        {
            switch (tree.ReadDocument())
            {
                case YamlMap map:
                    return new YamlFields(map, faults);
                case { } other:
                    faults.Add(other.Place, "The file must be a list of keys with values, such as 'title: Washing'.");
                    return null;
                default:
                    faults.Add(new FilePlace(file, firstLine), "The file is empty; keys with values are expected, such as 'title: Washing'.");
                    return null;
            }
        }
        catch (Refusal refusal)
        {
            faults.Add(tree.At(refusal.At), refusal.Message);
            return null;
        }
        catch (YamlException syntax)
        {
            faults.Add(tree.At(syntax.Start), $"This is not valid YAML: {syntax.Message.TrimEnd('.')}. A text with ': ', '#' or quotes in it goes in quotes.");
            return null;
        }
        catch (InvalidOperationException)
        {
            // YamlDotNet's own answer to a few broken lists; the test that changes single bytes runs into it.
            faults.Add(tree.At(tree.parser.Current?.End ?? Mark.Empty), "This is not valid YAML: a list or a key ends in an unexpected place.");
            return null;
        }
    }

    private YamlValue? ReadDocument()
    {
        parser.Consume<StreamStart>();
        if (parser.TryConsume<StreamEnd>(out _))
        {
            return null;
        }

        parser.Consume<DocumentStart>();
        var value = ReadValue();
        parser.Consume<DocumentEnd>();
        if (!parser.Accept<StreamEnd>(out _))
        {
            throw new Refusal(parser.Current!, "A second document starts here, and a file holds one.");
        }

        return value is YamlText { Text: "", Plain: true } ? null : value;
    }

    private YamlValue ReadValue()
    {
        if (++depth > DeepestNesting)
        {
            throw new Refusal(parser.Current!, "Lists and keys are nested too deep.");
        }

        if (parser.Accept<AnchorAlias>(out var alias))
        {
            throw new Refusal(alias, "A '*' at the start of a value refers to another value; write the value itself, or put the text in quotes.");
        }

        if (parser.Accept<NodeEvent>(out var node) && (!node.Anchor.IsEmpty || !node.Tag.IsEmpty))
        {
            throw new Refusal(node, "An '&' or '!' at the start of a value has a meaning of its own; put the text in quotes.");
        }

        YamlValue value = parser.Current switch
        {
            MappingStart => ReadMap(),
            SequenceStart => ReadList(),
            _ => ReadText(parser.Consume<Scalar>()),
        };
        depth--;
        return value;
    }

    private YamlText ReadText(Scalar scalar) => new(At(scalar.Start), scalar.Value, scalar.Style == ScalarStyle.Plain);

    private YamlList ReadList()
    {
        var place = At(parser.Consume<SequenceStart>().Start);
        var values = new List<YamlValue>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            values.Add(ReadValue());
        }

        return new YamlList(place, values);
    }

    private YamlMap ReadMap()
    {
        var place = At(parser.Consume<MappingStart>().Start);
        var pairs = new List<YamlPair>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (!parser.Accept<Scalar>(out _))
            {
                throw new Refusal(parser.Current!, "A key must be a plain word.");
            }

            var key = ReadText(parser.Consume<Scalar>());
            pairs.Add(new YamlPair(key.Text, key.Place, ReadValue()));
        }

        return new YamlMap(place, pairs);
    }

    private FilePlace At(Mark mark) => new(file, Math.Max(1, (int)mark.Line) + lineOffset);

    /// <summary>YAML that is valid and that course files do not use.</summary>
    private sealed class Refusal(ParsingEvent found, string message) : Exception(message)
    {
        public Mark At => found.Start;
    }
}
