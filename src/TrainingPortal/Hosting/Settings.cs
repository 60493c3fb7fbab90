using System.Reflection;

namespace TrainingPortal.Web.Hosting;

/// <summary>Which database: settings <c>Database:*</c>.</summary>
public sealed class DatabaseOptions
{
    public const string Sqlite = "Sqlite";
    public const string SqlServer = "SqlServer";

    public string Provider { get; set; } = Sqlite;
}

/// <summary>Settings <c>Jobs:*</c>.</summary>
public sealed class JobOptions
{
    /// <summary>False: this node serves pages only, and another runs the jobs.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Jobs that run at the same time, 1 to 32.</summary>
    public int Workers { get; set; } = 2;
}

/// <summary>Settings <c>Limits:*</c>.</summary>
public sealed class LimitOptions
{
    /// <summary>Certificate checks a minute from one address, 1 to 100,000.</summary>
    public int ChecksPerMinute { get; set; } = 60;

    /// <summary>Sign-ins, registrations and password requests a minute from one address, 1 to 100,000.</summary>
    public int AccountRequestsPerMinute { get; set; } = 30;
}

/// <summary>Reads the settings; a wrong one stops the start with a sentence that names it.</summary>
public static class Settings
{
    /// <exception cref="StartRefusedException">An unknown name or a value that does not fit.</exception>
    public static T Read<T>(IConfiguration configuration, string section)
        where T : class, new()
    {
        var known = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite).ToList();
        foreach (var child in configuration.GetSection(section).GetChildren())
        {
            if (!known.Exists(property => property.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase)))
            {
                throw new StartRefusedException($"There is no setting {child.Path}; known are {string.Join(", ", known.Select(property => $"{section}:{property.Name}"))}.");
            }

            if (child.Value is null && child.GetChildren().Any())
            {
                throw new StartRefusedException($"The setting {child.Path} takes one value, not a group of them.");
            }
        }

        try
        {
            return configuration.GetSection(section).Get<T>() ?? new T();
        }
        catch (InvalidOperationException failure)
        {
            var wrong = known.First(property => failure.Message.Contains($"{section}:{property.Name}", StringComparison.OrdinalIgnoreCase));
            throw new StartRefusedException(
                $"The setting {section}:{wrong.Name} is \"{configuration[$"{section}:{wrong.Name}"]}\", and {Expected(wrong.PropertyType)} is needed.",
                failure);
        }
    }

    /// <exception cref="StartRefusedException">It lies outside.</exception>
    public static void RequireRange(string name, int value, int from, int to)
    {
        if (value < from || value > to)
        {
            throw new StartRefusedException($"The setting {name} is {value}, and a number from {from} to {to} is needed.");
        }
    }

    /// <exception cref="StartRefusedException">One of the addresses, separated by semicolons, cannot be listened on.</exception>
    public static void RequireAddresses(string urls)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            try
            {
                if (BindingAddress.Parse(url).Port is >= 0 and <= ushort.MaxValue)
                {
                    continue;
                }
            }
            catch (FormatException)
            {
                // Said below, as for a port that there cannot be.
            }

            throw new StartRefusedException($"The setting urls is \"{url}\", and an address such as http://localhost:5080 is needed.");
        }
    }

    private static string Expected(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Int32 => "a whole number",
        TypeCode.Boolean => "true or false",
        _ => type == typeof(Uri) ? "an address that begins with https:// or http://" : "another value",
    };
}
