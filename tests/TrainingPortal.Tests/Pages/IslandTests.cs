using System.Reflection;
using Microsoft.AspNetCore.Components;
using TrainingPortal.Tests.Support;
using TrainingPortal.Web.Components;

namespace TrainingPortal.Tests.Pages;

/// <summary>Pages are plain HTML; what is interactive is a short list.</summary>
public class IslandTests
{
    private static readonly string[] s_islands = ["DepthSimulator", "LiveBoard"];

    [Fact]
    public void What_is_interactive_is_a_written_list()
    {
        var used = SourceFiles.Razor().SelectMany(file => SourceFiles.Matches(file, @"<(\w+)[^>]*@rendermode")).Distinct().Order();
        var declared = typeof(App).Assembly.GetTypes().Where(type => type.GetCustomAttributes<RenderModeAttribute>().Any()).Select(type => type.Name);

        Assert.Equal(s_islands, used);
        Assert.Empty(declared);
    }

    [Fact]
    public void Only_pages_that_hold_an_island_load_the_script_for_it()
    {
        var holding = SourceFiles.Razor().Where(file => SourceFiles.Matches(file, "(@rendermode)").Any()).Select(file => Path.GetFileNameWithoutExtension(file)).Order();
        var marked = typeof(App).Assembly.GetTypes().Where(type => type.IsDefined(typeof(HasIslandAttribute), inherit: true)).Select(type => type.Name).Order();

        Assert.Equal(holding, marked);
    }

    // It turns a redirect or a "not found" into 200.
    [Fact]
    public void No_page_is_streamed() =>
        Assert.Empty(typeof(App).Assembly.GetTypes().Where(type => type.GetCustomAttribute<StreamRenderingAttribute>() is { Enabled: true }).Select(type => type.Name));
}
