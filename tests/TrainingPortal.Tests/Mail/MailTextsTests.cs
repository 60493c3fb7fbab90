using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Text.RegularExpressions;
using TrainingPortal.Mail;

namespace TrainingPortal.Tests.Mail;

public class MailTextsTests
{
    private static readonly DateOnly s_day = new(2028, 11, 2);

    private static Dictionary<string, string> Texts(string culture) =>
        new ResourceManager(typeof(MailTexts).FullName!, typeof(MailTexts).Assembly)
            .GetResourceSet(CultureInfo.GetCultureInfo(culture), createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>()
            .ToDictionary(text => (string)text.Key, text => (string)text.Value!);

    private static IEnumerable<string> Placeholders(string text) => Regex.Matches(text, @"\{\d+\}").Select(match => match.Value).Distinct().Order(StringComparer.Ordinal);

    [Fact]
    public void Every_text_is_there_in_both_languages_with_the_same_placeholders()
    {
        var (english, spanish) = (Texts(""), Texts("es"));

        Assert.NotEmpty(english);
        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), spanish.Keys.Order(StringComparer.Ordinal));
        Assert.All(english, text => Assert.Equal(Placeholders(text.Value), Placeholders(spanish[text.Key])));
        Assert.All(english, text => Assert.NotEqual(text.Value, spanish[text.Key]));
    }

    [Fact]
    public void Every_subject_has_a_body_and_every_body_a_subject() =>
        Assert.Equal(
            Texts("").Keys.Where(key => key.EndsWith("Subject", StringComparison.Ordinal)).Select(key => key[..^"Subject".Length]).Order(StringComparer.Ordinal),
            Texts("").Keys.Where(key => key.EndsWith("Body", StringComparison.Ordinal)).Select(key => key[..^"Body".Length]).Order(StringComparer.Ordinal));

    public static TheoryData<string, string> Mails()
    {
        var mails = new TheoryData<string, string>();
        foreach (var method in typeof(MailTexts).GetMethods(BindingFlags.Public | BindingFlags.Static))
        {
            mails.Add(method.Name, "en");
            mails.Add(method.Name, "es");
        }

        return mails;
    }

    [Theory]
    [MemberData(nameof(Mails))]
    public void Every_mail_can_be_written_and_no_placeholder_is_left(string mail, string language)
    {
        var method = typeof(MailTexts).GetMethod(mail)!;
        var values = method.GetParameters().Select(parameter => parameter switch
        {
            { Name: "language" } => (object)language,
            { ParameterType: var type } when type == typeof(DateOnly) => s_day,
            { ParameterType: var type } when (Nullable.GetUnderlyingType(type) ?? type) == typeof(int) => 30,
            _ => $"<{parameter.Name}>",
        }).ToArray();

        var text = (MailText)method.Invoke(null, values)!;

        Assert.DoesNotMatch(@"\{\d+\}", text.Subject + text.Body);
        Assert.DoesNotContain('\n', text.Subject);
        Assert.All(values.OfType<string>().Where(value => value.StartsWith('<') && value != "<language>"), value => Assert.Contains(value, text.Body, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("en", 30, "30 days left: renew your certificate Depth")]
    [InlineData("es", 30, "Quedan 30 días: renueve su certificado Depth")]
    public void A_reminder_says_how_long_is_left(string language, int days, string subject) =>
        Assert.Equal(subject, MailTexts.RenewalReminder(language, "School", "Ana", "Depth", s_day, "SERIAL", days, "link").Subject);

    [Theory]
    [InlineData("en", "1 days")]
    [InlineData("es", "1 días")]
    public void One_day_is_not_written_as_several(string language, string wrong)
    {
        var text = MailTexts.RenewalReminder(language, "School", "Ana", "Depth", s_day, "SERIAL", 1, "link");

        Assert.DoesNotContain(wrong, text.Subject + text.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Thursday, November 2, 2028")]
    [InlineData("es", "jueves, 2 de noviembre de 2028")]
    public void Days_are_written_as_the_reader_writes_them(string language, string day) =>
        Assert.Contains(day, MailTexts.CertificateIssued(language, "School", "Ana", "Depth", s_day, "SERIAL", "link", "check").Body, StringComparison.Ordinal);
}
